import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PolicyView } from '../../../shared/api/policy.ts';
import type { RequiredResetView } from '../../../shared/api/required-reset.ts';
import type { SessionTokens } from '../../../shared/api/session.ts';
import { claimFor } from '../../../backend/messaging/mail/mail-queue.ts';
import { createTestDatabase, type TestDatabase } from '../../../backend/store/database-for-test.ts';
import { spawnBackend } from '../../backend/spawn-backend.ts';
import { administrator } from '../../backend/start-test-backend.ts';
import {
  startUnreliableMailServer,
  type UnreliableMailServer,
} from '../../fixtures/unreliable-mail-server.ts';
import { deskOf } from '../../backend/desk-call.ts';

const day = 24 * 3_600_000;

describe('a backend that is killed while it tells hundreds of users', () => {
  let server: UnreliableMailServer;
  let dataFolder: string;
  let database: TestDatabase | null;
  let alive: Awaited<ReturnType<typeof spawnBackend>>;
  beforeEach(async () => {
    server = await startUnreliableMailServer();
    dataFolder = await mkdtemp(join(tmpdir(), 'reset-desk-'));
    database = await createTestDatabase();
    alive = await spawnBackend(dataFolder, server.url, database);
  });
  afterEach(async () => {
    await alive.kill('SIGTERM');
    await server.stop();
    await rm(dataFolder, { recursive: true });
    await database?.drop();
  });

  it('tells each of them once after the restart, and says of which mails it cannot know', async () => {
    await expect.poll(() => alive.setupCode()).not.toBe('');
    const setUp = { ...administrator, setupCode: alive.setupCode() };
    const { accessToken } = (await (await alive.ask('POST', '/api/v1/setup', setUp)).json()) as SessionTokens;
    const desk = deskOf((...call) => alive.ask(...call), accessToken);
    await desk.call('POST', '/imports/samples', {});
    const { body: policy } = await desk.call<PolicyView>('GET', '/policy');
    await desk.call('PUT', '/policy', {
      basedOn: policy.version,
      document: {
        ...policy.document,
        requiredReset: { ...policy.document.requiredReset, mailsPerMinute: 6000 },
      },
    });
    const id = randomUUID();
    const { body: started } = await desk.call<RequiredResetView>('POST', '/required-resets', {
      id,
      audience: {
        kind: 'filter',
        departments: ['Finance', 'Sales', 'Engineering', 'People', 'Legal'],
        tiers: [],
        statuses: [],
        passwordSetBefore: null,
      },
      reason: 'Passwords of another service were stolen.',
      dueAt: new Date(Date.now() + 14 * day).toISOString(),
    });
    const mails = started.counts.accounts - started.counts.desk;
    expect(mails).toBeGreaterThan(290);
    // Those in doubt are looked at again when the claim of the killed process is over: the last one begins after that.
    for (const [atLeast, ahead] of [
      [60, 0],
      [180, claimFor + 1],
    ] as const) {
      await expect
        .poll(() => server.accepted.length, { timeout: 60_000, interval: 5 })
        .toBeGreaterThan(atLeast);
      await alive.kill('SIGKILL');
      alive = await spawnBackend(dataFolder, server.url, database, { ahead });
    }
    const counts = async () =>
      (await desk.call<RequiredResetView>('GET', `/required-resets/${id}`)).body.counts;
    await expect.poll(counts, { timeout: 60_000, interval: 100 }).toMatchObject({ waiting: 0 });
    const { told, 'not-told': inDoubt } = await counts();
    expect(told + inDoubt).toBe(mails);
    // At most those that were under way at the two kills.
    expect(inDoubt).toBeLessThanOrEqual(8);
    const to = server.accepted.map((mail) => (Array.isArray(mail.to) ? '' : (mail.to?.text ?? '')));
    expect(new Set(to).size).toBe(to.length);
    expect(to.length).toBeGreaterThanOrEqual(told);
    expect(to.length).toBeLessThanOrEqual(mails);
  }, 120_000);
});
