import type { PolicyDocument } from '../../../shared/api/policy.ts';
import type { AuditAction } from '../../../shared/api/timeline.ts';
import { readLinkedAccounts } from '../../authorization/persons.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { Store, Transaction } from '../../store/store.ts';
import type { CasesTable } from '../../store/tables.ts';
import { byReport } from '../flags/flags.ts';
import { countFailures, type Memory, type UnfinishedCheck } from './memory.ts';

type Readable = Transaction | Store['db'];

const week = 7 * 24 * 3_600_000;

/** The events that count as a change. A held change counts too, whatever an approver decided about it. */
const changeActions = {
  contact: [
    'account.recovery-address-added',
    'account.recovery-address-removed',
    'account.contact-change-held',
  ],
  'second-factor': [
    'account.authenticator-enrolled',
    'account.authenticator-removed',
    'account.recovery-codes-created',
    'account.second-factor-change-held',
  ],
  details: ['account.details-changed'],
} as const satisfies Record<Memory['changed'][number]['what'], readonly AuditAction[]>;
const contactActions: ReadonlySet<string> = new Set(changeActions.contact);
const factorActions: ReadonlySet<string> = new Set(changeActions['second-factor']);
const detailActions: ReadonlySet<string> = new Set(changeActions.details);
const wrongCode: AuditAction = 'check.wrong-code';

/**
 * Reads what a case needs to know about the last days of its account; `at` in milliseconds. Failures, refusals, flags and freezes are those of all
 * linked accounts, since an attacker who failed with one may call about another one of the same person.
 */
export async function readMemory(
  db: Readable,
  { id: caseId }: Pick<CasesTable, 'id'>,
  account: AccountRow,
  policy: PolicyDocument,
  at: number,
): Promise<Memory> {
  const since = at - Math.max(week, policy.failedChecks.within * 1000);
  const ids = (await readLinkedAccounts(db, [account]))(account.id).map(({ id }) => id);
  const others = ids.filter((id) => id !== account.id);
  const failedChecks = await db
    .selectFrom('evidence')
    .selectAll()
    .where('account_id', 'in', ids)
    .where('outcome', '=', 'failed')
    .where('at', '>', since)
    .orderBy('at', 'desc')
    .execute();
  const refusedCases = await db
    .selectFrom('cases')
    .select(['id', 'number', 'operator_id', 'refusal_reason', 'ended_at'])
    .where('account_id', 'in', ids)
    .where('state', '=', 'refused')
    .where('ended_at', '>', since)
    .orderBy('ended_at', 'desc')
    .execute();
  const toxicSince = at - policy.toxicCombination.within * 1000;
  const recent = await readRecentEvents(db, account, Math.min(since, toxicSince));
  // Most accounts have no wrong code in another case.
  const anyWrongCode = recent.some((event) => event.action === wrongCode && event.case_id !== caseId);
  const unfinishedChecks =
    anyWrongCode || others.length > 0 ? await readUnfinishedChecks(db, ids, caseId, since) : [];
  const { count } = await db
    .selectFrom('resets')
    .select((row) => row.fn.countAll<number | string>().as('count'))
    .where('account_id', '=', account.id)
    .where('case_id', '!=', caseId)
    .where('state', '=', 'done')
    .where('intended_at', '>', at - week)
    .executeTakeFirstOrThrow();
  const flags = await db
    .selectFrom('account_flags')
    .leftJoin('operators', 'operators.id', 'account_flags.operator_id')
    .select([
      'account_flags.account_id',
      'account_flags.at',
      'account_flags.cleared_at',
      'account_flags.operator_id',
      'operators.display_name as by',
    ])
    .where('account_flags.account_id', 'in', ids)
    .where((where) =>
      where.or([
        where('account_flags.cleared_at', 'is', null),
        where('account_flags.cleared_at', '>', toxicSince),
      ]),
    )
    .orderBy('account_flags.at', 'desc')
    .execute();
  const raised = flags.filter(({ cleared_at: clearedAt }) => clearedAt === null);
  const flag = raised.find(({ account_id: accountId }) => accountId === account.id);
  return {
    failedChecks,
    unfinishedChecks,
    refusedCases,
    failures: countFailures(
      { failedChecks, unfinishedChecks, refusedCases },
      at - policy.failedChecks.within * 1000,
    ),
    resetsBefore: Number(count),
    changed: changesOf(recent, account, toxicSince),
    lifted: await readLifted(db, ids, flags, toxicSince),
    linked: await readLinkedWarning(db, others, raised),
    flag: flag ? { at: flag.at, by: flag.operator_id === byReport ? null : (flag.by ?? '') } : null,
  };
}

/** The time of the last event of each kind that the memory uses, by action, outcome and case. */
const readRecentEvents = (db: Readable, { id }: AccountRow, since: number) =>
  db
    .selectFrom('audit_events')
    .select(['action', 'outcome', 'case_id', (of) => of.fn.max('at').as('last')])
    .where('account_id', '=', id)
    .where((where) =>
      where.or([
        where('action', 'in', [...changeActions.contact, ...changeActions['second-factor'], wrongCode]),
        // An id that a source adds replaces no earlier value, so its event has no `…From` fact.
        where.and([where('action', 'in', changeActions.details), where('facts', 'like', '%From"%')]),
      ]),
    )
    .where('at', '>', since)
    .groupBy(['action', 'outcome', 'case_id'])
    .execute();
type RecentEvents = Awaited<ReturnType<typeof readRecentEvents>>;

/** The newest flag or freeze of the other accounts that is still in force; null for none. */
async function readLinkedWarning(
  db: Readable,
  others: readonly string[],
  raised: readonly { readonly account_id: string; readonly at: number }[],
): Promise<Memory['linked']> {
  if (others.length === 0) return null;
  const frozen = await db
    .selectFrom('accounts')
    .select('frozen_at')
    .where('id', 'in', others)
    .where('frozen_at', 'is not', null)
    .orderBy('frozen_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const flag = raised.find(({ account_id: accountId }) => others.includes(accountId));
  const [frozenAt, flagAt] = [frozen?.frozen_at ?? 0, flag?.at ?? 0];
  if (frozenAt === 0 && flagAt === 0) return null;
  return frozenAt > flagAt ? { what: 'freeze', at: frozenAt } : { what: 'flag', at: flagAt };
}

/** Checks of the accounts' other cases with a wrong code after `since` and without a result; newest first. */
async function readUnfinishedChecks(
  db: Readable,
  accountIds: readonly string[],
  caseId: string,
  since: number,
): Promise<UnfinishedCheck[]> {
  const wrong = await db
    .selectFrom('audit_events')
    .select(['case_id', 'actor_id', 'facts', 'at'])
    .where('account_id', 'in', accountIds)
    .where('action', '=', wrongCode)
    .where('at', '>', since)
    .where('case_id', '!=', caseId)
    .orderBy('at', 'desc')
    .execute();
  const results = await db
    .selectFrom('evidence')
    .select(['case_id', 'kind'])
    .where('account_id', 'in', accountIds)
    .where('outcome', 'in', ['passed', 'failed'])
    .execute();
  // One entry for each kind in each case, because tries belong to these and not to a single code.
  const seen = new Set(results.map((result) => `${result.case_id} ${result.kind}`));
  return wrong.flatMap(({ case_id, actor_id, facts, at }) => {
    const { kind } = JSON.parse(facts) as { kind: string };
    const key = `${case_id} ${kind}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ caseId: case_id ?? '', kind, operatorId: actor_id ?? '', at }];
  });
}

/** The newest flag or freeze that an approver lifted after `since`; null for none. */
async function readLifted(
  db: Readable,
  accountIds: readonly string[],
  flags: readonly { readonly cleared_at: number | null }[],
  since: number,
): Promise<Memory['lifted']> {
  const freeze = await db
    .selectFrom('account_freezes')
    .select('lifted_at')
    .where('account_id', 'in', accountIds)
    .where('lifted_at', '>', since)
    .orderBy('lifted_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const [flagAt, freezeAt] = [
    Math.max(0, ...flags.map((row) => row.cleared_at ?? 0)),
    freeze?.lifted_at ?? 0,
  ];
  if (flagAt === 0 && freezeAt === 0) return null;
  return freezeAt > flagAt ? { what: 'freeze', at: freezeAt } : { what: 'flag', at: flagAt };
}

function changesOf(recent: RecentEvents, account: AccountRow, since: number): Memory['changed'] {
  const newest = (isMeant: (action: string) => boolean) =>
    Math.max(
      0,
      ...recent
        .filter(({ action, outcome }) => outcome === 'done' && isMeant(action))
        .map(({ last }) => Number(last)),
    );
  const contact = Math.max(
    account.email_changed_at ?? 0,
    account.phone_changed_at ?? 0,
    newest((action) => contactActions.has(action)),
  );
  const details = Math.max(
    account.manager_changed_at ?? 0,
    account.tier_changed_at ?? 0,
    account.user_name_changed_at ?? 0,
    account.enabled_at ?? 0,
    newest((action) => detailActions.has(action)),
  );
  const factor = newest((action) => factorActions.has(action));
  return [
    ...(contact > since ? [{ what: 'contact' as const, at: contact }] : []),
    ...(details > since ? [{ what: 'details' as const, at: details }] : []),
    ...(factor > since ? [{ what: 'second-factor' as const, at: factor }] : []),
  ];
}
