import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AlertScope } from '../../../shared/api/alert.ts';
import { defaultPolicy } from '../../../shared/api/policy.ts';
import { openForTest, operator as origin } from '../../accounts/open-for-test.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { approverSession, staffRow } from '../../drill/invented-staff.ts';
import { createAlerts, type Alerts } from './alerts.ts';

const [minute, hour] = [60_000, 3_600_000];
const provedWithin = 300;
const mapping = {
  encoding: 'utf-8',
  delimiter: ',',
  header: false,
  columns: { userName: 0, displayName: 1, tier: 2 },
} as const;

describe('an alert', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  let alerts: Alerts;
  let heard: object[];
  /** Seconds, as a policy has them. */
  let rules: { validFor: number; most: number };
  beforeEach(async () => {
    desk = await openForTest();
    heard = [];
    rules = { validFor: 8 * 3600, most: 72 * 3600 };
    await desk.importCsv('plain,Paul Plain,standard\nroot,Rita Root,privileged', mapping);
    await desk.store.writeUnaudited((tx) =>
      tx
        .insertInto('operators')
        .values(['ann', 'bea'].map((id) => staffRow({ id, displayName: id }, 0)))
        .execute(),
    );
    alerts = createAlerts({
      ...desk,
      policy: {
        current: async () => ({
          version: 1,
          document: {
            ...defaultPolicy,
            alert: rules,
            approvals: { ...defaultPolicy.approvals, provedWithin, validFor: 3600 },
          },
        }),
      },
      live: { publish: (event: object) => void heard.push(event) } as never,
    });
  });
  afterEach(() => desk.close());

  /** An approver with or without a recent proof. */
  const session = (id: string, provedAgo = 0): OperatorSession => {
    const proved = approverSession(desk.clock.at - provedAgo);
    return { ...proved, operator: { ...proved.operator, id, displayName: id } };
  };
  const raise = (scope: AlertScope, by = 'ann', validFor?: number, provedAgo = 0) =>
    alerts.raise(
      { scope, reason: 'Calls in the name of the board', validFor },
      session(by, provedAgo),
      origin,
    );
  const proposedId = async () => (await alerts.view(session('ann'))).proposed?.id ?? '';
  const second = async (by: string, provedAgo = 0) =>
    alerts.second(await proposedId(), session(by, provedAgo), origin);
  const end = (by: string, provedAgo = 0) => alerts.end(session(by, provedAgo), origin);
  const covered = async (by = 'someone') =>
    (await Promise.all(['standard', 'privileged'].map((tier) => alerts.raisedFor(tier, by)))).map(
      (isRaised, at) => (isRaised ? (['standard', 'privileged'][at] ?? '') : ''),
    );
  const openCase = async (accountName: string, operatorId: string, state = 'open') => {
    const account = await desk.store.db
      .selectFrom('accounts')
      .select('id')
      .where('user_name', '=', accountName)
      .executeTakeFirstOrThrow();
    await desk.store.writeUnaudited((tx) =>
      tx
        .insertInto('cases')
        .values({
          id: `case of ${operatorId}`,
          account_id: account.id,
          operator_id: operatorId,
          session_id: 's',
          ticket: null,
          reason: null,
          state,
          opened_at: desk.now(),
          last_activity_at: desk.now(),
          ended_at: null,
          refusal_reason: null,
          refusal_note: null,
        })
        .execute(),
    );
  };

  it('is raised for all accounts by one approver', async () => {
    await raise('all');
    expect(await covered()).toEqual(['standard', 'privileged']);
    expect(heard).toEqual([{ type: 'alert-changed', raised: true }]);
  });
  it('is not raised for privileged accounts by one approver', async () => {
    await raise('privileged');
    expect(await covered()).toEqual(['', '']);
    expect(heard).toEqual([{ type: 'alert-changed', raised: false }]);
  });
  it('is raised for privileged accounts alone by a second approver', async () => {
    await raise('privileged');
    await second('bea');
    expect(await covered()).toEqual(['', 'privileged']);
  });
  it('is not seconded by its proposer', async () => {
    await raise('privileged');
    await expect(second('ann')).rejects.toThrow('alert.same-approver');
    expect(await covered()).toEqual(['', '']);
  });
  it('is not seconded without its number', async () => {
    await raise('privileged');
    await expect(alerts.second('another', session('bea'), origin)).rejects.toThrow('alert.not-proposed');
  });
  it('is not seconded twice', async () => {
    await raise('privileged');
    const id = await proposedId();
    await second('bea');
    await expect(alerts.second(id, session('bea'), origin)).rejects.toThrow('alert.not-proposed');
  });
  it.each<[string, AlertScope, AlertScope]>([
    ['raised', 'all', 'all'],
    ['raised', 'all', 'privileged'],
    ['proposed', 'privileged', 'all'],
    ['proposed', 'privileged', 'privileged'],
  ])('that is %s for %s excludes another one for %s', async (_state, first, other) => {
    await raise(first);
    await expect(raise(other, 'bea')).rejects.toThrow('alert.already-raised');
  });

  it.each([
    ['as long as the policy says', undefined, 8 * hour],
    ['as long as was asked for', 3600, hour],
    ['as long as the policy allows at most', 72 * 3600, 72 * hour],
    ['no longer than the policy allows', 72 * 3600 + 1, 72 * hour],
  ])('lasts %s', async (_how, validFor, life) => {
    await raise('all', 'ann', validFor);
    desk.clock.at += life - 1;
    expect(await covered()).toEqual(['standard', 'privileged']);
    desk.clock.at += 1;
    expect(await covered()).toEqual(['', '']);
  });
  it('lasts from its second approval on', async () => {
    await raise('privileged', 'ann', 3600);
    desk.clock.at += 30 * minute;
    await second('bea');
    desk.clock.at += hour - 1;
    expect(await covered()).toEqual(['', 'privileged']);
    desk.clock.at += 1;
    expect(await covered()).toEqual(['', '']);
  });
  it('lapses without a second approver after the same time as a request for approval', async () => {
    await raise('privileged');
    const id = await proposedId();
    desk.clock.at += hour - 1;
    expect(await proposedId()).toBe(id);
    desk.clock.at += 1;
    await expect(alerts.second(id, session('bea'), origin)).rejects.toThrow('alert.not-proposed');
  });
  it('can be raised again when the one before is over', async () => {
    await raise('all', 'ann', 3600);
    desk.clock.at += hour;
    await raise('all', 'bea');
    expect(await covered()).toEqual(['standard', 'privileged']);
  });

  const acts = {
    raised: (ago: number) => raise('all', 'ann', undefined, ago),
    proposed: (ago: number) => raise('privileged', 'ann', undefined, ago),
    seconded: async (ago: number) => {
      await raise('privileged');
      await second('bea', ago);
    },
    ended: async (ago: number) => {
      await raise('all');
      await end('bea', ago);
    },
  } as const;
  describe.each(Object.entries(acts))('is %s', (_act, act) => {
    it('with a proof that is just recent enough', async () => {
      await expect(act(provedWithin * 1000 - 1)).resolves.toBeUndefined();
    });
    it('not with an older proof', async () => {
      await expect(act(provedWithin * 1000)).rejects.toThrow('session.reauthentication-required');
    });
  });

  it('that was ended remains in force until its time for the operator who ended it', async () => {
    await raise('all', 'ann', 3600);
    await end('bea');
    expect(await covered('ann')).toEqual(['', '']);
    expect(await covered('bea')).toEqual(['standard', 'privileged']);
    desk.clock.at += hour;
    expect(await covered('bea')).toEqual(['', '']);
  });
  it('for privileged accounts that was ended stays for those alone', async () => {
    await raise('privileged');
    await second('bea');
    await end('ann');
    expect(await covered('ann')).toEqual(['', 'privileged']);
  });
  it('cannot be ended when none is raised', async () => {
    await expect(end('ann')).rejects.toThrow('alert.not-raised');
  });
  it('is withdrawn by its proposer', async () => {
    await raise('privileged');
    await end('ann');
    expect((await alerts.view(session('ann'))).proposed).toBeNull();
  });
  it.each<[string, AlertScope, string, string, string | null]>([
    ['with an open case under it', 'all', 'plain', 'open', 'alert.own-case'],
    ['with an open privileged case under it', 'privileged', 'root', 'open', 'alert.own-case'],
    ['with an open case that it does not cover', 'privileged', 'plain', 'open', null],
    ['whose case is closed', 'all', 'plain', 'closed', null],
  ])('can be ended by an approver %s: %s, %s, %s, %s', async (_who, scope, account, state, refusal) => {
    await raise(scope);
    if (scope === 'privileged') await second('bea');
    await openCase(account, 'bea', state);
    const ending = end('bea').then(
      () => null,
      (thrown: unknown) => (thrown instanceof Error ? thrown.message : ''),
    );
    expect(await ending).toBe(refusal);
  });
  it("is ended by an approver in spite of another one's case", async () => {
    await raise('all');
    await openCase('plain', 'ann');
    await end('bea');
    expect(await covered('ann')).toEqual(['', '']);
  });

  it('that is over is recorded once', async () => {
    await raise('all', 'ann', 3600);
    await alerts.sweepLapsed();
    desk.clock.at += hour;
    await alerts.sweepLapsed();
    await alerts.sweepLapsed();
    const lapsed = await desk.store.db
      .selectFrom('audit_events')
      .select('action')
      .where('action', '=', 'alert.lapsed')
      .execute();
    expect(lapsed).toHaveLength(1);
  });
  it('that is refused is recorded', async () => {
    await raise('privileged');
    await second('ann').catch(() => undefined);
    const refused = await desk.store.db
      .selectFrom('audit_events')
      .select(['action', 'outcome'])
      .orderBy('seq', 'desc')
      .executeTakeFirst();
    expect(refused).toEqual({ action: 'alert.refused', outcome: 'refused' });
  });
  it('is marked as their own for its proposer', async () => {
    await raise('privileged');
    const own = await Promise.all(
      ['ann', 'bea'].map(async (id) => (await alerts.view(session(id))).proposed?.own),
    );
    expect(own).toEqual([true, false]);
  });
});
