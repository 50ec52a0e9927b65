import { describe, expect } from 'vitest';
import { sharedDeskTest } from '../../fixtures/api.ts';
import type { CaseView } from '../../../shared/api/case.ts';
import { enrol } from '../../backend/enrol.ts';
import type { Member } from '../../backend/staffed-desk.ts';

const minute = 60_000;
type Kind = 'emailed-code' | 'texted-code' | 'authenticator-code';

/** Ends a case as its operator would; an open case stays unchanged. */
const ends: Readonly<Record<string, (member: Member, caseId: string) => Promise<unknown>>> = {
  'is closed': (member, id) => member.call('POST', `/cases/${id}/close`),
  'is refused because the caller gave up': (member, id) =>
    member.call('POST', `/cases/${id}/refuse`, { reason: 'gave-up', note: null }),
  'is still open': () => Promise.resolve(),
};

describe('wrong codes in a case that ended without a result', () => {
  const it = sharedDeskTest
    .extend('clock', ({ backend }) => backend.clock)
    .extend('addAccount', ({ staffedDesk }) => async (userName: string) => {
      const displayName = `Caller ${userName}`;
      const email = `${userName}@example.com`;
      await staffedDesk.importRow({ userName, displayName, email, phone: '+49 30 9018 1234' });
    })
    .extend(
      'attempt',
      ({ addAccount, clock }) =>
        async (member: Member, who: string, wrong: number, kind: Kind = 'emailed-code') => {
          await addAccount(who);
          await member.prove();
          const { id } = await member.openCase(who);
          const { body } = await member.call<{ case: CaseView }>('POST', `/cases/${id}/checks`, { kind });
          const check = body.case.checks.find((row) => row.kind === kind)?.attempt?.id ?? '';
          for (let count = 0; count < wrong; count += 1)
            await member.call('POST', `/cases/${id}/checks/${check}/answer`, { kind, code: '000000' });
          clock.at += minute;
          return { id, check };
        },
    )
    .extend('memory', ({ addAccount }) => async (member: Member, who: string) => {
      await addAccount(who);
      await member.prove();
      const { memory, approval } = await member.openCase(who);
      return { failed: memory.failed24h.length, only: memory.approverOnly, needed: approval.needed };
    });

  it.for(['emailed-code', 'texted-code', 'authenticator-code'] as const)(
    'count as a failed check of the account: %s',
    async (kind, { operator, approver, backend, addAccount, attempt, memory }) => {
      const who = `by-${kind}`;
      await addAccount(who);
      await approver.prove();
      if (kind === 'authenticator-code') await enrol(backend, await approver.accountId(who));
      const { id } = await attempt(operator, who, 2, kind);
      await operator.call('POST', `/cases/${id}/close`);
      expect(await memory(operator, who)).toMatchObject({ failed: 1, only: false });
    },
  );

  it.for(Object.keys(ends))(
    'count when the case %s',
    async (how, { administrator, operator, attempt, memory }) => {
      const who = `ended-${Object.keys(ends).indexOf(how)}`;
      const { id } = await attempt(operator, who, 1);
      await ends[how]?.(operator, id);
      expect((await memory(administrator, who)).failed).toBe(1);
    },
  );

  it('count when the case expired', async ({ operator, clock, attempt, memory }) => {
    await attempt(operator, 'expired', 1);
    clock.at += 61 * minute;
    expect((await memory(operator, 'expired')).failed).toBe(1);
  });

  it('leave the account to an approver after three such cases', async ({ operator, attempt, memory }) => {
    const who = 'three-cases';
    for (const [before, needed] of [
      [0, []],
      [1, []],
      [2, ['third-attempt']],
    ] as const) {
      expect(await memory(operator, who)).toMatchObject({ failed: before, needed });
      const { id } = await attempt(operator, who, 2);
      await operator.call('POST', `/cases/${id}/close`);
    }
    const { id } = await operator.openCase(who);
    const refused = await operator.call<{ code?: string }>('POST', `/cases/${id}/checks`, {
      kind: 'emailed-code',
    });
    expect(await memory(operator, who)).toMatchObject({ failed: 3, only: true });
    expect(refused.status).toBe(403);
  });

  it('do not count once the caller read the right code in that case', async ({
    operator,
    staffedDesk,
    attempt,
    memory,
  }) => {
    const { id, check } = await attempt(operator, 'passed', 2);
    await staffedDesk.ann.prove();
    const code = await staffedDesk.lastCode();
    const passed = await operator.call<{ outcome: string }>('POST', `/cases/${id}/checks/${check}/answer`, {
      kind: 'emailed-code',
      code,
    });
    expect(passed.body.outcome).toBe('passed');
    await operator.call('POST', `/cases/${id}/close`);
    expect((await memory(operator, 'passed')).failed).toBe(0);
  });

  it('count once where the check used up its tries', async ({ operator, attempt, memory }) => {
    const { id } = await attempt(operator, 'locked', 3);
    await operator.call('POST', `/cases/${id}/close`);
    expect((await memory(operator, 'locked')).failed).toBe(1);
  });

  it('count no more after the time of the policy', async ({
    operator,
    staffedDesk,
    clock,
    attempt,
    memory,
  }) => {
    const { id } = await attempt(operator, 'long-ago', 2);
    await operator.call('POST', `/cases/${id}/close`);
    await staffedDesk.changePolicy(({ failedChecks }) => ({
      failedChecks: { ...failedChecks, within: 3600 },
    }));
    const again = await attempt(operator, 'long-ago', 2);
    await operator.call('POST', `/cases/${again.id}/close`);
    expect((await memory(operator, 'long-ago')).needed).toEqual(['third-attempt']);
    clock.at += 61 * minute;
    expect((await memory(operator, 'long-ago')).needed).toEqual([]);
  });
});
