import { createHash, randomBytes } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { getHeapSnapshot } from 'node:v8';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { endpoints } from '../../../shared/api/endpoints.ts';
import { createExpiringMap } from '../../../shared/expiring-map/expiring-map.ts';
import type { Secret } from '../../../shared/secret/secret.ts';
import { loadHttp } from '../../services/reset-api/load-http.ts';
import { createResetApi } from '../../services/reset-api/reset-api.ts';
import { setTimer } from '../../services/timers/timers.ts';
import { createCollectSoon } from './collect-soon.ts';
import { createHandover } from './handover.ts';

const log = { info: () => undefined, warn: () => undefined, unexpected: () => 'REF1-REF2' };
const now = () => Date.parse('2026-03-01T08:00:00Z');
const resetView = {
  id: 'r1',
  action: 'temporary-password',
  state: 'done',
  secretLost: false,
  at: '2026-03-01T08:00:00.000Z',
  validUntil: '2026-03-01T09:00:00.000Z',
  sessionsEnded: 0,
  unlocked: false,
  secretBits: 60,
  secretStyle: 'groups',
  deliveryMode: 'spoken',
  oldPassword: 'dies-now',
  sentTo: null,
  sentBy: null,
  delivery: null,
  deliveryAnswer: null,
  nextAttemptAt: null,
  resent: 0,
  handedOverAt: null,
  use: 'none',
};

let server: http.Server;
/** The digest of the password that the server gave away last: the test itself holds no copy of it. */
let digest = '';
beforeEach(async () => {
  server = http.createServer((request, response) => {
    request.resume();
    const answer = (body: object) => {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(Buffer.from(JSON.stringify(body)));
    };
    if (request.url?.endsWith('/resets') === true) {
      const temporaryPassword = `pw-${randomBytes(12).toString('hex')}`;
      digest = createHash('sha256').update(temporaryPassword).digest('hex');
      answer({ reset: resetView, temporaryPassword });
    } else if (request.url?.endsWith('/reveals') === true) answer({ at: '2026-03-01T08:00:00.000Z' });
    else answer({ ...resetView, handedOverAt: '2026-03-01T08:00:00.000Z' });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** How many strings of the heap hold the password. */
async function copiesInHeap(): Promise<number> {
  let copies = 0;
  let rest = '';

  for await (const chunk of getHeapSnapshot()) {
    const text = rest + String(chunk);
    for (const [found] of text.matchAll(/pw-[0-9a-f]{24}/g))
      if (createHash('sha256').update(found).digest('hex') === digest) copies += 1;
    rest = text.slice(-26);
  }
  return copies;
}

it('a handed-over password is in no string and no buffer of the heap', async () => {
  const api = createResetApi({
    loadHttp: () => loadHttp(() => undefined),
    userAgent: 'Reset Desk/test',
    log,
    setTimer,
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let collected: () => void = () => undefined;
  const collection = new Promise<void>((resolve) => {
    collected = resolve;
  });
  const collectSoon = createCollectSoon((_milliseconds, work) => {
    setImmediate(() => {
      work();
      collected();
    });
    return () => undefined;
  });
  const held: Secret[] = [];
  const vault = createExpiringMap<Secret>(now, (secret) => {
    secret.wipe();
    held.push(secret);
    collectSoon();
  });
  const { resets, handover } = createHandover({
    session: {
      call: (endpoint, input, options) => api.call(base, endpoint, input, options),
      isLocked: () => false,
    },
    vault,
    clipboard: { clear: async () => undefined, copy: async () => now() },
    now,
  });
  /** In a function of its own: the variables of this one live until its end. */
  const handOver = async () => {
    await resets.reset({ caseId: 'c1', grantId: 'g1', action: 'temporary-password', attempt: 'attempt-1' });
    return (await handover.reveal({ resetId: 'r1' })).value.length;
  };
  expect(await handOver()).toBe(27);
  await handover.done({ resetId: 'r1' });
  await collection;
  expect(held.map((secret) => secret.expose())).toEqual(['']);
  expect(await copiesInHeap()).toBe(0);
}, 60_000);

it("an operator's password is in no string of the heap after the sign-in", async () => {
  const api = createResetApi({
    loadHttp: () => loadHttp(() => undefined),
    userAgent: 'Reset Desk/test',
    log,
    setTimer,
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const signInOnce = async () => {
    const password = `pw-${randomBytes(12).toString('hex')}`;
    digest = createHash('sha256').update(password).digest('hex');
    // The console refuses an answer of another shape, which ends the call as well.
    await api.call(base, endpoints.signIn, { body: { userName: 'ann', password } }).catch(() => undefined);
  };
  await signInOnce();
  await new Promise<void>((resolve) => {
    createCollectSoon((_milliseconds, work) => {
      setImmediate(() => {
        work();
        resolve();
      });
      return () => undefined;
    })();
  });
  expect(digest).not.toBe('');
  expect(await copiesInHeap()).toBe(0);
}, 60_000);
