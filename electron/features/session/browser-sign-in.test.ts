import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { ResetApi } from '../../services/reset-api/reset-api.ts';
import { createBrowserSignIn } from './browser-sign-in.ts';

/** A backend that sends the browser to `url` and records its calls. */
function createTestSignIn(url = 'https://id.example.com/authorize') {
  const calls: { id: string; body: Record<string, unknown> }[] = [];
  const timers: (() => void)[] = [];
  const opened: string[] = [];
  const arrived: (() => void)[] = [];
  const api = {
    call: (_base: string, { id }: { id: string }, { body }: { body: Record<string, unknown> }) => {
      calls.push({ id, body });
      return Promise.resolve(
        id === 'startProviderSignIn'
          ? { ticket: 'a-ticket', url, state: 'the-state' }
          : { step: 'code', ticket: 'next', expiresAt: '2026-03-01T09:00:00Z' },
      );
    },
    close: () => undefined,
  } as unknown as ResetApi;
  const browser = createBrowserSignIn({
    api,
    openExternal: (to) => {
      opened.push(to);
      for (const go of arrived.splice(0)) go();
      return Promise.resolve();
    },
    client: 'test',
    setTimer: (_milliseconds, work) => {
      timers.push(work);
      return () => undefined;
    },
  });
  const browserIsOpen = new Promise<void>((resolve) => arrived.push(resolve));
  const callback = () => String(calls[0]?.body['redirectUri']);
  return { browser, calls, timers, opened, browserIsOpen, callback };
}

describe('a sign-in in the browser', () => {
  it('passes on the query of the request that has the right state, then stops listening', async () => {
    const { browser, calls, browserIsOpen, callback } = createTestSignIn();
    const signedIn = browser.run({ baseUrl: 'https://desk.example.com' });
    await browserIsOpen;
    expect(callback()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    for (const wrong of ['?code=x', '?code=x&state=another', '/elsewhere?code=x&state=the-state'])
      expect((await fetch(`${callback()}${wrong}`)).status).toBe(404);
    expect((await fetch(`${callback()}?code=a%20b&state=the-state`)).status).toBe(200);
    expect(await signedIn).toMatchObject({ step: 'code' });
    expect(calls[1]).toMatchObject({
      id: 'finishProviderSignIn',
      body: { ticket: 'a-ticket', query: 'code=a%20b&state=the-state' },
    });
    await expect(fetch(`${callback()}?state=the-state`)).rejects.toThrow('fetch failed');
  });

  it.each([
    '//',
    '//[',
    '///\\\\',
    'http://[',
    'http://[::1',
    'http://example.com:99999/callback?state=the-state',
    'http://other.example.com/callback?code=x',
    '/callback?state=%E0%A4%A',
    '*',
  ])('answers 404 to a request for %s and keeps waiting', async (target) => {
    const { browser, browserIsOpen, callback } = createTestSignIn();
    const signedIn = browser.run({ baseUrl: 'https://desk.example.com' });
    await browserIsOpen;
    const { port } = new URL(callback());
    const stray = request({ host: '127.0.0.1', port, path: target }).end();
    const [answer] = await once(stray, 'response');
    expect(answer.statusCode).toBe(404);
    expect(await text(answer)).not.toContain('Go back');
    expect((await fetch(`${callback()}?code=y&state=the-state`)).status).toBe(200);
    expect(await signedIn).toMatchObject({ step: 'code' });
  });

  it.each<[string, object]>([
    ['by another name', { headers: { host: 'evil.example.com' } }],
    ['by the name of this computer', { headers: { host: 'localhost' } }],
    ['by another method', { method: 'POST' }],
  ])('is not ended by a request %s even with the right state', async (_how, options) => {
    const { browser, browserIsOpen, callback } = createTestSignIn();
    const signedIn = browser.run({ baseUrl: 'https://desk.example.com' });
    await browserIsOpen;
    const stray = request(`${callback()}?code=x&state=the-state`, options).end();
    const [answer] = await once(stray, 'response');
    expect(answer.statusCode).toBe(404);
    answer.resume();
    expect((await fetch(`${callback()}?code=y&state=the-state`)).status).toBe(200);
    expect(await signedIn).toMatchObject({ step: 'code' });
  });

  it.each([
    ['is cancelled', 'provider.cancelled'],
    ['takes too long', 'provider.timeout'],
  ])('ends when it %s', async (how, code) => {
    const { browser, calls, timers, browserIsOpen, callback } = createTestSignIn();
    const signedIn = browser.run({ baseUrl: 'https://desk.example.com' });
    await browserIsOpen;
    if (how === 'is cancelled') browser.cancel();
    else timers[0]?.();
    await expect(signedIn).rejects.toMatchObject({ code });
    expect(calls).toHaveLength(1);
    await expect(fetch(callback())).rejects.toThrow('fetch failed');
  });

  it.each([
    'http://id.example.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://user@id.example.com/',
  ])('never opens %s', async (url) => {
    const { browser, opened } = createTestSignIn(url);
    await expect(browser.run({ baseUrl: 'https://desk.example.com' })).rejects.toMatchObject({
      code: 'server.answer-invalid',
    });
    expect(opened).toEqual([]);
  });
});
