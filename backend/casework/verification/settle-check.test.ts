import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openForTest, operator } from '../../accounts/open-for-test.ts';
import type { ChecksTable } from '../../store/tables.ts';
import { expireCheck, pendingCheck, settleCheck } from './settle-check.ts';

const mapping = {
  encoding: 'utf-8',
  delimiter: ',',
  header: false,
  columns: { userName: 0, displayName: 1 },
} as const;

describe('the end of a check', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  let check: ChecksTable;
  beforeEach(async () => {
    desk = await openForTest();
    await desk.importCsv('m.okafor,Marlene Okafor', mapping);
    const { id } = await desk.store.db.selectFrom('accounts').select('id').executeTakeFirstOrThrow();
    const of = { account_id: id, operator_id: 'olga', session_id: 's' };
    check = {
      ...of,
      id: 'check',
      case_id: 'case',
      kind: 'emailed-code',
      state: 'pending',
      code_hash: 'the hash of the code',
      destination: 'm•••@example.com',
      destination_hash: 'h',
      mail_id: null,
      asked_account_id: null,
      tries_left: 3,
      started_at: desk.now(),
      expires_at: desk.now() + 300_000,
      settled_at: null,
    };
    await desk.store.writeUnaudited(async (tx) => {
      await tx
        .insertInto('cases')
        .values({
          ...of,
          id: 'case',
          ticket: null,
          reason: null,
          state: 'open',
          opened_at: desk.now(),
          last_activity_at: desk.now(),
          ended_at: null,
          refusal_reason: null,
          refusal_note: null,
        })
        .execute();
      await tx.insertInto('checks').values(check).execute();
    });
  });
  afterEach(() => desk.close());
  const stored = () =>
    desk.store.db.selectFrom('checks').select(['state', 'code_hash', 'settled_at']).executeTakeFirstOrThrow();

  it.each([
    ['passed', 'passed'],
    ['failed', 'failed'],
    ['expired', 'expired'],
    ['locked', 'failed'],
  ] as const)('that is %s replaces the code with evidence of "%s"', async (state, outcome) => {
    desk.clock.at += 1000;
    await desk.store.writeUnaudited((tx) => settleCheck(tx, check, state, 'a note', desk.now()));
    expect(await stored()).toEqual({ state, code_hash: null, settled_at: desk.now() });
    const evidence = await desk.store.db.selectFrom('evidence').selectAll().execute();
    expect(evidence).toMatchObject([
      {
        outcome,
        check_id: 'check',
        case_id: 'case',
        operator_id: 'olga',
        session_id: 's',
        note: 'a note',
        at: desk.now(),
      },
    ]);
  });
  it('without a result is recorded with why', async () => {
    await desk.store.change(operator, (tx, record) => expireCheck(tx, record, check, 'time', desk.now()));
    expect((await stored()).state).toBe('expired');
    const { action, facts } = await desk.store.db
      .selectFrom('audit_events')
      .select(['action', 'facts'])
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow();
    expect([action, JSON.parse(facts)]).toMatchObject(['check.expired', { why: 'time', check: 'check' }]);
  });
  it('comes only once', async () => {
    const pending = () =>
      desk.store.change(operator, async (tx, record) => {
        await record({ action: 'check.started' });
        return (await pendingCheck(tx, 'check')) !== undefined;
      });
    expect(await pending()).toBe(true);
    await desk.store.writeUnaudited((tx) => settleCheck(tx, check, 'failed', null, desk.now()));
    expect(await pending()).toBe(false);
  });
});
