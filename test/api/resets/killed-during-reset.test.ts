import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionTokens } from '../../../shared/api/session.ts';
import { createTestDatabase, type TestDatabase } from '../../../backend/store/database-for-test.ts';
import { spawnBackend } from '../../backend/spawn-backend.ts';
import { administrator } from '../../backend/start-test-backend.ts';
import { startMailSink, type MailSink } from '../../fixtures/mail-sink.ts';
import { browserOf, codeFor, deskOf } from '../../backend/desk-call.ts';

describe('a backend that is killed during a reset', () => {
  let sink: MailSink;
  let dataFolder: string;
  let database: TestDatabase | null;
  let alive: Awaited<ReturnType<typeof spawnBackend>>;
  beforeEach(async () => {
    sink = await startMailSink();
    dataFolder = await mkdtemp(join(tmpdir(), 'reset-desk-'));
    database = await createTestDatabase();
    alive = await spawnBackend(dataFolder, sink.url, database);
  });
  afterEach(async () => {
    await alive.kill('SIGTERM');
    await sink.stop();
    await rm(dataFolder, { recursive: true });
    await database?.drop();
  });

  it.each([
    ['as the call goes out', 0],
    ['while the password is hashed', 1],
    ['about when it is written', 2],
    ['once it has answered', 3],
  ])('%s has done it once or not at all, and the audit log says which', async (_when, moment) => {
    // Printed after "listening"; the API is asked until the code is there.
    await expect.poll(() => alive.setupCode()).not.toBe('');
    const tokens = (await (
      await alive.ask('POST', '/api/v1/setup', { ...administrator, setupCode: alive.setupCode() })
    ).json()) as SessionTokens;
    const desk = deskOf(alive.ask, tokens.accessToken);
    await desk.call('POST', '/imports/samples', {});
    const opened = await desk.openCase('m.okafor');
    const started = await desk.startCode(opened.id);
    const code = await codeFor(sink, 'marlene.okafor@example.com');
    const { body: verified } = await desk.readBack(started.body.case, code);
    const view = verified.case;
    const grant = await desk.mint(view.id, 'temporary-password');

    const pressed = desk.reset(view.id, grant.body.id, 'temporary-password', 'the-press').catch(() => null);
    if (moment === 3) await pressed;
    // Turns of the event loop and other calls put the kill at different points of the reset without any clock.
    for (let turn = 0; turn < moment; turn += 1) await alive.ask('GET', '/healthz');
    await alive.kill('SIGKILL');
    const answered = await pressed;
    alive = await spawnBackend(dataFolder, sink.url, database);

    const after = deskOf(alive.ask, tokens.accessToken);
    const { body: history } = await after.call<{ entries: { action: string }[] }>(
      'GET',
      `/accounts/${view.account.id}/timeline?limit=200`,
    );
    const count = (action: string) => history.entries.filter((entry) => entry.action === action).length;
    const done = count('reset.done');
    expect(count('reset.intended')).toBe(done);
    const { body: account } = await after.call<{ mustChangePassword: boolean }>(
      'GET',
      `/accounts/${view.account.id}`,
    );
    expect(account.mustChangePassword).toBe(done === 1);
    // An answer is a promise: what was answered has been done.
    expect(done).toBeGreaterThanOrEqual(answered?.status === 200 ? 1 : 0);

    // The same press again: done now if it was not, and never a second time.
    const again = await after.reset(view.id, grant.body.id, 'temporary-password', 'the-press');
    expect(again.body.code).toBe(done === 1 ? 'reset.secret-gone' : undefined);
    const signedIn = await browserOf(alive.ask).signIn('m.okafor', again.body.temporaryPassword ?? 'none');
    expect(signedIn.to).toBe(done === 1 ? null : '/change-password');
  });
});
