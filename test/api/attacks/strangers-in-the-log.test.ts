import { describe, expect } from 'vitest';
import { apiPrefix, type Endpoint } from '../../../shared/api/endpoint.ts';
import { endpoints } from '../../../shared/api/endpoints.ts';
import { startStaffedDesk } from '../../backend/staffed-desk.ts';
import { sharedDeskTest } from '../../fixtures/api.ts';
import { readPageRoutes } from '../../pages/page-routes.ts';
import { sampleBody } from '../access/sample-body.ts';

const tries = 80;
/**
 * The maximum number of events that one kind of call may add within ten minutes. Unknown names at the sign-in are recorded up to 60 times, requests for
 * links up to the limit of a network, and then once that the limit was reached.
 */
const most = (path: string): number => (path === '/login' ? 60 : path === '/forgot-password' ? 31 : 10);
const made = (at: number) => `made-up-token-${String(at).padStart(6, '0')}-${'x'.repeat(30)}`;

const pages = (await readPageRoutes()).filter(({ path }) => !path.includes('*'));
/** The events endpoint is left out, because it answers with an open stream. */
const calls = Object.values<Endpoint>(endpoints).filter(({ right, events }) => right === null && !events);
const titled = <T extends { readonly method: string; readonly path: string }>(all: readonly T[]) =>
  all.map((one) => [`${one.method} ${one.path}`, one] as const);

/** Each kind of call comes from a network of its own, so that the limits of a network for all kinds together stop none before its handler. */
let networks = 0;
const networkHeader = () => ({ 'x-forwarded-for': `10.0.${networks}.1` });

const it = sharedDeskTest
  // oxlint-disable-next-line no-empty-pattern -- vitest reads a fixture's needs from the pattern.
  .extend('staffedDesk', { scope: 'file' }, async ({}, { onCleanup }) => {
    const desk = await startStaffedDesk({ trustProxy: 'loopback' });
    onCleanup(() => desk.backend.stop());
    return desk;
  })
  .extend('added', ({ backend }) => async (call: (at: number) => Promise<Response>) => {
    // Starts another window for each kind.
    backend.clock.at += 3_600_000;
    networks += 1;
    const before = (await backend.readAudit()).length;
    const statuses = new Set<number>();
    for (let at = 0; at < tries; at += 1) {
      const answer = await call(at);
      await answer.arrayBuffer();
      statuses.add(answer.status);
    }
    // Requests for links are answered apart from the calls.
    const unanswered = async () =>
      (await backend.readTable('password_requests')).filter((row) => row['answered_at'] === null);
    await expect.poll(unanswered, { timeout: 30_000 }).toEqual([]);
    // A sweep may record at any moment how many events of earlier kinds were counted.
    const events = (await backend.readAudit())
      .slice(before)
      .filter(({ facts }) => !facts.includes('"further"'));
    return { statuses, events };
  });

describe('the log is not filled by made-up values of strangers', { timeout: 120_000 }, () => {
  it.for(titled(pages))('%s', async ([, { method, path }], { backend, added }) => {
    const { statuses, events } = await added((at) => {
      const token = made(at);
      if (method === 'GET')
        return backend.ask(method, path.replace(':token', token), undefined, networkHeader());
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
        ...networkHeader(),
      });
    });
    // The calls reached their handler.
    expect(statuses).not.toContain(429);
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
      return backend.ask(method, `${apiPrefix}${path}`, content, networkHeader());
    });
    // The calls reached their handler.
    expect(statuses).not.toContain(400);
    expect(statuses).not.toContain(429);
    expect(events.length).toBeLessThanOrEqual(most(path));
  });
});
