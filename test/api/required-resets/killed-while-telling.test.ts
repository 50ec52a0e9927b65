import { randomUUID } from 'node:crypto';
import { describe, expect } from 'vitest';
import type { PolicyView } from '../../../shared/api/policy-calls.ts';
import type { RequiredResetView } from '../../../shared/api/required-reset.ts';
import { claimFor } from '../../../backend/messaging/mail/mail-queue.ts';
import { killableTest } from '../../fixtures/api.ts';
import { startUnreliableMailServer } from '../../fixtures/unreliable-mail-server.ts';

const day = 24 * 3_600_000;

describe('a backend that is killed while it tells hundreds of users', () => {
  const it = killableTest
    // oxlint-disable-next-line no-empty-pattern -- vitest reads a fixture's needs from the pattern.
    .extend('mailServer', async ({}, { onCleanup }) => {
      const server = await startUnreliableMailServer();
      onCleanup(() => server.stop());
      return server;
    })
    .extend('mailUrl', ({ mailServer }) => mailServer.url);

  it('sends each of them at most one mail', async ({ backend, desk, mailServer }) => {
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
    // Mails in doubt are processed again when the claim of the killed process ends. The last one begins after that.
    for (const [atLeast, ahead] of [
      [60, 0],
      [180, claimFor + 1],
    ] as const) {
      await expect
        .poll(() => mailServer.accepted.length, { timeout: 60_000, interval: 5 })
        .toBeGreaterThan(atLeast);
      await backend.kill('SIGKILL');
      await backend.start({ ahead });
    }
    const counts = async () =>
      (await desk.call<RequiredResetView>('GET', `/required-resets/${id}`)).body.counts;
    await expect.poll(counts, { timeout: 60_000, interval: 100 }).toMatchObject({ waiting: 0 });
    const { told, 'not-told': inDoubt } = await counts();
    expect(told + inDoubt).toBe(mails);
    // At most the mails that were being sent at the two kills.
    expect(inDoubt).toBeLessThanOrEqual(8);
    const to = mailServer.accepted.map((mail) => (Array.isArray(mail.to) ? '' : (mail.to?.text ?? '')));
    expect(new Set(to).size).toBe(to.length);
    expect(to.length).toBeGreaterThanOrEqual(told);
    expect(to.length).toBeLessThanOrEqual(mails);
  }, 120_000);
});
