import { describe, expect } from 'vitest';
import { apiPrefix, type Endpoint } from '../../../shared/api/endpoint.ts';
import { endpoints } from '../../../shared/api/endpoints.ts';
import { sharedDeskTest } from '../../fixtures/api.ts';
import { readPageRoutes } from '../../pages/page-routes.ts';
import { sampleBody } from '../access/sample-body.ts';

const tries = 80;
/** The maximum number of events that one kind of call may add within ten minutes. Unknown names at the sign-in are recorded up to 60 times. */
const most = (path: string): number => (path === '/login' ? 60 : path === '/forgot-password' ? 30 : 10);
const made = (at: number) => `made-up-token-${String(at).padStart(6, '0')}-${'x'.repeat(30)}`;

const pages = (await readPageRoutes()).filter(({ path }) => !path.includes('*'));
/** The events endpoint is left out, because it answers with an open stream. */
const calls = Object.values<Endpoint>(endpoints).filter(({ right, events }) => right === null && !events);
const titled = <T extends { readonly method: string; readonly path: string }>(all: readonly T[]) =>
  all.map((one) => [`${one.method} ${one.path}`, one] as const);

const it = sharedDeskTest.extend(
  'added',
  ({ backend }) =>
    async (call: (at: number) => Promise<Response>) => {
      // Starts another window for each kind.
      backend.clock.at += 3_600_000;
      const before = (await backend.readAudit()).length;
      const statuses = new Set<number>();
      for (let at = 0; at < tries; at += 1) {
        const answer = await call(at);
        await answer.arrayBuffer();
        statuses.add(answer.status);
      }
      return { statuses, events: (await backend.readAudit()).slice(before) };
    },
);

describe('the log is not filled by made-up values of strangers', { timeout: 120_000 }, () => {
  it.for(titled(pages))('%s', async ([, { method, path }], { backend, added }) => {
    const { events } = await added((at) => {
      const token = made(at);
      if (method === 'GET') return backend.ask(method, path.replace(':token', token));
      const form = {
        token,
        userName: token,
        address: `${token}@example.com`,
        password: token,
        repeated: token,
      };
      const more = { code: token, confirmed: 'yes', word: 'yes', name: 'Marlene' };
      return backend.ask(method, path, new URLSearchParams({ ...form, ...more }).toString(), {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
      });
    });
    expect(events.length).toBeLessThanOrEqual(most(path));
  });

  it.for(titled(calls))('%s', async ([, { method, path, body }], { backend, added }) => {
    const { statuses, events } = await added((at) => {
      const content = body && (sampleBody(body) as Record<string, unknown>);
      for (const name of ['ticket', 'refreshToken', 'userName', 'setupCode'])
        if (content?.[name] !== undefined) content[name] = made(at);
      for (const name of ['verifier', 'codeChallenge'])
        if (content?.[name] !== undefined) content[name] = 'v'.repeat(43);
      if (content?.['redirectUri'] !== undefined) content['redirectUri'] = 'http://127.0.0.1:1/callback';
      return backend.ask(method, `${apiPrefix}${path}`, content);
    });
    // The calls reached their handler.
    expect(statuses).not.toContain(400);
    expect(events.length).toBeLessThanOrEqual(most(path));
  });
});
