import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ScopedSubject, ScopeRule } from '../../shared/api/endpoint.ts';
import { everyAccount, type OperatorScope, type Right } from '../../shared/api/operator.ts';
import { openForTest, operator as origin } from '../accounts/open-for-test.ts';
import { resetForTest } from '../credentials/own-changes/changes-for-test.ts';
import { approverSession, staffRow } from '../drill/invented-staff.ts';
import { createEndpointAccess, type EndpointAccess } from './endpoint-access.ts';

const mapping = {
  encoding: 'utf-8',
  delimiter: ',',
  header: false,
  columns: { userName: 0, displayName: 1, department: 2 },
} as const;
const support: OperatorScope = { ...everyAccount, departments: ['Support'] };
const sales: OperatorScope = { ...everyAccount, departments: ['Sales'] };
/** Every subject, with the parameter that names it. */
const subjects: readonly [ScopedSubject, string][] = [
  ['account', 'accountId'],
  ['case', 'caseId'],
  ['reset', 'resetId'],
  ['approval', 'approvalId'],
  ['flag', 'flagId'],
  ['held-change', 'changeId'],
  ['required-reset', 'requiredResetId'],
  ['mail', 'mailId'],
  ['text', 'textId'],
];

describe('the scope of an operator', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  let access: EndpointAccess;
  let recorded: { readonly event: { readonly outcome: string; readonly accountId: string | null } }[];
  /** Each row has the id of its account, or `none`. */
  let [inside, outside] = ['', ''];
  beforeAll(async () => {
    desk = await openForTest();
    await desk.importCsv('a.in,Ann Inside,Support\nb.out,Bo Outside,Sales', mapping);
    [inside = '', outside = ''] = (
      await desk.store.db.selectFrom('accounts').select('id').orderBy('user_name').execute()
    ).map(({ id }) => id);
    const ids = [inside, outside];
    const mail = (id: string, accountId: string | null) => ({
      id,
      kind: 'code',
      account_id: accountId,
      case_id: null,
      state: 'accepted',
      queued_at: 0,
      settled_at: 0,
      answer: null,
      file: null,
    });
    const messages = [...ids.map((id) => mail(id, id)), mail('none', null)];
    const change = {
      sealed: null,
      code_hash: null,
      tries_left: null,
      code_until: null,
      asked_at: 0,
      proved_at: null,
      held_at: 0,
      held_until: null,
      reset_id: null,
      settled_at: null,
      decided_by: null,
      reason: null,
      client: null,
      client_address: null,
    };
    await desk.store.writeUnaudited(async (tx) => {
      await tx
        .insertInto('operators')
        .values([
          staffRow({ id: 'ann', displayName: 'Ann' }, 0),
          { ...staffRow({ id: 'of support', displayName: 'Su' }, 0), scope: JSON.stringify(support) },
          { ...staffRow({ id: 'of sales', displayName: 'Sal' }, 0), scope: JSON.stringify(sales) },
        ])
        .execute();
      for (const id of ids) {
        const of = { id, account_id: id };
        await tx
          .insertInto('cases')
          .values({
            ...of,
            operator_id: 'olga',
            session_id: 's',
            ticket: null,
            reason: null,
            state: 'open',
            opened_at: 0,
            last_activity_at: 0,
            ended_at: null,
            refusal_reason: null,
            refusal_note: null,
          })
          .execute();
        await tx
          .insertInto('grants')
          .values({
            ...of,
            case_id: id,
            operator_id: 'olga',
            session_id: 's',
            action: 'reset-link',
            policy_version: 1,
            minted_at: 0,
            expires_at: 1,
            spent_at: null,
            approval_id: null,
          })
          .execute();
        await tx
          .insertInto('resets')
          .values({ ...resetForTest({ id, account_id: id, case_id: id, grant_id: id }), idempotency_key: id })
          .execute();
        await tx
          .insertInto('approvals')
          .values({
            ...of,
            case_id: id,
            operator_id: 'olga',
            session_id: 's',
            action: 'reset-link',
            needed: '[]',
            note: null,
            policy_version: 1,
            state: 'pending',
            asked_at: 0,
            expires_at: 1,
            decided_by: null,
            decided_at: null,
            reason: null,
          })
          .execute();
        await tx
          .insertInto('account_flags')
          .values({
            ...of,
            case_id: null,
            operator_id: 'olga',
            at: 0,
            note: null,
            cleared_at: null,
            cleared_by: null,
            clear_reason: null,
          })
          .execute();
        await tx
          .insertInto('own_changes')
          .values({ ...of, ...change, kind: 'email', state: 'held', shown: null })
          .execute();
        await tx
          .insertInto('required_resets')
          .values({
            id,
            reason: 'r',
            audience: '{}',
            state: 'running',
            started_by: 'ann',
            started_at: 0,
            due_at: 1,
            ended_at: null,
            stopped_by: null,
            stop_reason: null,
          })
          .execute();
        await tx
          .insertInto('required_reset_accounts')
          .values({
            required_reset_id: id,
            account_id: id,
            state: 'open',
            left_out: null,
            by_desk: 0,
            told_for: 0,
            told_at: null,
            done_at: null,
          })
          .execute();
      }
      await tx
        .insertInto('mails')
        .values(
          messages.map((row) => ({
            ...row,
            to_address: 'a@example.com',
            subject: 's',
            attempts: 1,
            next_attempt_at: null,
          })),
        )
        .execute();
      await tx
        .insertInto('text_messages')
        .values(messages.map((row) => ({ ...row, to_number: '1' })))
        .execute();
    });
  });
  afterAll(() => desk.close());
  beforeEach(() => {
    recorded = [];
    access = createEndpointAccess({
      store: desk.store,
      eventWindows: { record: async (entry: never) => void recorded.push(entry) } as never,
    });
  });

  /** The refusal of a call by an operator of this scope; null if it reaches its handler. */
  const refusalOf = async (
    rule: ScopeRule,
    { params = {} as object, body = {} as object, scope = support, id = 'someone', rights = [] as Right[] },
  ): Promise<string | null> => {
    const session = approverSession(desk.now());
    return access
      .assert(
        { id: 'theEndpoint', scope: rule },
        {
          params,
          body,
          session: { ...session, operator: { ...session.operator, id, scope }, rights: new Set(rights) },
          origin,
        },
      )
      .then(
        () => null,
        (thrown: unknown) => (thrown instanceof Error ? thrown.message : ''),
      );
  };

  describe.each(subjects)('limits a call about the account of a %s', (by, name) => {
    it('to those inside', async () => {
      expect(await refusalOf({ by }, { params: { [name]: inside } })).toBeNull();
      expect(await refusalOf({ by }, { params: { [name]: outside } })).toBe('account.out-of-scope');
    });
    it('unless it is everything', async () => {
      expect(await refusalOf({ by }, { params: { [name]: outside }, scope: everyAccount })).toBeNull();
    });
    it('lets a call about an account that exists through to the handler', async () => {
      expect(await refusalOf({ by }, { params: { [name]: 'unknown' } })).toBeNull();
    });
  });
  it.each<ScopedSubject>(['mail', 'text'])(
    'leaves a %s that concerns no account to operators whose scope is everything',
    async (by) => {
      const params = { [`${by}Id`]: 'none' };
      expect(await refusalOf({ by }, { params })).toBe('account.out-of-scope');
      expect(await refusalOf({ by }, { params, scope: everyAccount })).toBeNull();
    },
  );
  it('limits an account that the body names', async () => {
    expect(await refusalOf({ by: 'account' }, { body: { accountId: inside } })).toBeNull();
    expect(await refusalOf({ by: 'account' }, { body: { accountId: outside } })).toBe('account.out-of-scope');
  });

  it.each<[string, ScopeRule, string | null]>([
    ['all accounts', { by: 'everything' }, 'session.not-permitted'],
    ['a list that its handler filters', { by: 'rows' }, null],
    ['no account', { by: 'nothing', because: 'it is the own one' }, null],
  ])('decides on a call about %s', async (_what, rule, refusal) => {
    expect(await refusalOf(rule, {})).toBe(refusal);
    expect(await refusalOf(rule, { scope: everyAccount })).toBeNull();
  });

  it.each<[string, object, object, string | null]>([
    ['of the same scope', { operatorId: 'of support' }, {}, null],
    ['of another scope', { operatorId: 'of sales' }, {}, 'session.not-permitted'],
    ['of every account', { operatorId: 'ann' }, {}, 'session.not-permitted'],
    ['who is given the same scope', {}, { scope: support }, null],
    ['who is given another scope', {}, { scope: sales }, 'session.not-permitted'],
    ['who is given every account', {}, { scope: everyAccount }, 'session.not-permitted'],
    [
      'of the same scope who is given more',
      { operatorId: 'of support' },
      { scope: everyAccount },
      'session.not-permitted',
    ],
  ])('decides on a call about an operator %s', async (_who, params, body, refusal) => {
    expect(await refusalOf({ by: 'operator' }, { params, body })).toBe(refusal);
    expect(await refusalOf({ by: 'operator' }, { params, body, scope: everyAccount })).toBeNull();
  });
  it('decides on the account that is linked to an operator', async () => {
    const link = (linkedAccountId: string) => refusalOf({ by: 'operator' }, { body: { linkedAccountId } });
    expect([await link(inside), await link(outside)]).toEqual([null, 'session.not-permitted']);
  });

  it.each<[string, string, OperatorScope, Right[], string | null]>([
    ['the own one', 'olga', support, [], null],
    ["another operator's", 'someone', support, [], 'case.not-yours'],
    ["another operator's, with a scope that is everything", 'someone', everyAccount, [], 'case.not-yours'],
    ["another operator's, with the right to see all", 'someone', support, ['audit.read'], null],
    ["another operator's, with another right", 'someone', support, ['cases.work'], 'case.not-yours'],
    ['out of scope, with the right to see all', 'someone', sales, ['audit.read'], 'account.out-of-scope'],
  ])('decides on a case that must be the own one: %s', async (_which, id, scope, rights, refusal) => {
    const rule = { by: 'case', others: 'audit.read' } as const;
    expect(await refusalOf(rule, { params: { caseId: inside }, id, scope, rights })).toBe(refusal);
  });

  it.each([
    ['under its own action', { by: 'case', refusal: 'case.opened' } as const, 'case.opened'],
    ['as not permitted', { by: 'case' } as const, 'operator.not-permitted'],
  ])('is recorded when it refuses, %s', async (_how, rule, action) => {
    await refusalOf(rule, { params: { caseId: outside } });
    expect(recorded).toMatchObject([
      { event: { action, outcome: 'refused', accountId: outside, caseId: outside } },
    ]);
  });
  it('leaves no record of what it allows', async () => {
    await refusalOf({ by: 'case' }, { params: { caseId: inside } });
    expect(recorded).toEqual([]);
  });
});
