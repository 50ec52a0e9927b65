import { describe, expect } from 'vitest';
import { pngOf } from '../../backend/messaging/branding/png-for-test.ts';
import { apiTest } from '../fixtures/api.ts';
import { readPageRoutes } from './page-routes.ts';

const routes = await readPageRoutes();
const form = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
const path = '/it/reset';
const concrete = (route: string) => route.replace(':token', 'A'.repeat(43)).replace('*', 'no-such-page');

describe('a desk below a path', () => {
  const it = apiTest.override('backendOptions', { publicUrl: `https://example.com${path}` });

  it.for([
    ['passes the path on', path],
    ['cuts the path off', ''],
  ] as const)(
    'leads every page, form, file, redirect and cookie there behind a proxy that %s',
    async ([, sent], { backend, desk }) => {
      const image = pngOf({ width: 120, height: 40 }).toString('base64');
      expect((await desk.call('PUT', '/settings/logo', { image })).status).toBe(200);
      for (const { method, path: route } of routes) {
        const body = method === 'GET' ? undefined : 'x=y';
        const answer = await backend.ask(method, `${sent}${concrete(route)}`, body, form);
        const text = (answer.headers.get('content-type') ?? '').includes('html') ? await answer.text() : '';
        const targets = [...text.matchAll(/\s(?:href|action|formaction|src)="(\/[^"]*)"/g)].map(
          ([, to]) => to ?? '',
        );
        const location = answer.headers.get('location');
        const all = location === null ? targets : [...targets, location];
        const cookies = answer.headers.getSetCookie();
        expect({
          route,
          elsewhere: all.filter((to) => to.startsWith('/') && !to.startsWith(`${path}/`)),
          twice: all.filter((to) => to.startsWith(`${path}${path}`)),
          cookies: cookies.filter((cookie) => !cookie.includes(`; Path=${path}/`)),
        }).toEqual({ route, elsewhere: [], twice: [], cookies: [] });
        const isPage = route !== '/*' && answer.status !== 404;
        expect({ route, isPage: isPage || route === '/*' }).toEqual({ route, isPage: true });
      }
    },
  );

  it('leaves the addresses of a host of its own as they are', async ({ backend }) => {
    const { status } = await backend.ask('GET', '/it/resetting/login');
    expect(status).toBe(404);
  });
});

describe('a desk at /reset, which is the path of a page as well', () => {
  const it = apiTest.override('backendOptions', { publicUrl: 'https://example.com/reset' });

  it.for([
    ['/reset/login', 'Sign in'],
    ['/login', 'Sign in'],
    ['/reset/reset/done', 'Your password was reset'],
    ['/reset/done', 'Your password was reset'],
  ] as const)('serves %s', async ([address, words], { backend }) => {
    const answer = await backend.ask('GET', address);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain(words);
  });
});
