import type { Selectable } from 'kysely';
import type { AuditAction } from '../../../shared/api/timeline.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { PolicyDocument } from '../../../shared/api/policy.ts';
import { byReport } from '../flags/flags.ts';
import type { Transaction, Store } from '../../store/store.ts';
import type { CasesTable, EvidenceTable } from '../../store/tables.ts';

type Readable = Transaction | Store['db'];

/** A case that an operator ended because the caller could not be verified. */
export type RefusedCase = Pick<
  Selectable<CasesTable>,
  'id' | 'number' | 'operator_id' | 'refusal_reason' | 'ended_at'
>;

/** What all operators together know of an account's last days: attackers call again, and get another agent. */
export interface Memory {
  /** Failed checks of the last 7 days, newest first. */
  readonly failedChecks: readonly EvidenceTable[];
  /** Refused cases of the last 7 days, newest first. */
  readonly refusedCases: readonly RefusedCase[];
  /** Failed and refused verifications within the policy's time; a case that failed and was then refused counts once for each failed check. */
  readonly failures: number;
  readonly resetsBefore: number;
  readonly changed: readonly { readonly what: 'contact' | 'second-factor'; readonly at: number }[];
  /** `by` is null where no operator did it. */
  readonly flag: { readonly at: number; readonly by: string | null } | null;
}

const week = 7 * 24 * 3_600_000;
/** Ends of a case that say nothing about who called. */
const harmless: ReadonlySet<string> = new Set(['gave-up', 'not-reached']);
/** Whether a refusal says that the caller was somebody else. */
export const speaksAgainst = ({ refusal_reason }: Pick<RefusedCase, 'refusal_reason'>): boolean =>
  !harmless.has(refusal_reason ?? '');
/** What the audit log knows of: one that was held counts as well, whatever became of it. */
const changesOf = {
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
} as const satisfies Record<Memory['changed'][number]['what'], readonly AuditAction[]>;
const contactChanges: ReadonlySet<string> = new Set(changesOf.contact);

/** Reads the memory of an account as a case about it has to know it; `at` in milliseconds. */
export async function readMemory(
  db: Readable,
  { id: caseId }: Pick<CasesTable, 'id'>,
  account: AccountRow,
  policy: PolicyDocument,
  at: number,
): Promise<Memory> {
  const since = at - Math.max(week, policy.failedChecks.within * 1000);
  const failedChecks = await db
    .selectFrom('evidence')
    .selectAll()
    .where('account_id', '=', account.id)
    .where('outcome', '=', 'failed')
    .where('at', '>', since)
    .orderBy('at', 'desc')
    .execute();
  const refusedCases = await db
    .selectFrom('cases')
    .select(['id', 'number', 'operator_id', 'refusal_reason', 'ended_at'])
    .where('account_id', '=', account.id)
    .where('state', '=', 'refused')
    .where('ended_at', '>', since)
    .orderBy('ended_at', 'desc')
    .execute();
  const counted = at - policy.failedChecks.within * 1000;
  const recent = failedChecks.filter((check) => check.at > counted);
  const refusedAlone = refusedCases.filter(
    (refused) =>
      (refused.ended_at ?? 0) > counted &&
      speaksAgainst(refused) &&
      !recent.some(({ case_id }) => case_id === refused.id),
  );
  const { count } = await db
    .selectFrom('resets')
    .select((row) => row.fn.countAll<number | string>().as('count'))
    .where('account_id', '=', account.id)
    .where('case_id', '!=', caseId)
    .where('state', '=', 'done')
    .where('intended_at', '>', at - week)
    .executeTakeFirstOrThrow();
  const flag = await db
    .selectFrom('account_flags')
    .leftJoin('operators', 'operators.id', 'account_flags.operator_id')
    .select(['account_flags.at', 'account_flags.operator_id', 'operators.display_name as by'])
    .where('account_flags.account_id', '=', account.id)
    .where('account_flags.cleared_at', 'is', null)
    .orderBy('account_flags.at', 'desc')
    .executeTakeFirst();
  return {
    failedChecks,
    refusedCases,
    failures: recent.length + refusedAlone.length,
    resetsBefore: Number(count),
    changed: await changedSince(db, account, at - policy.toxicCombination.within * 1000),
    flag: flag ? { at: flag.at, by: flag.operator_id === byReport ? null : (flag.by ?? '') } : null,
  };
}

async function changedSince(db: Readable, account: AccountRow, since: number): Promise<Memory['changed']> {
  const lately = await db
    .selectFrom('audit_events')
    .select(['action', (of) => of.fn.max('at').as('last')])
    .where('account_id', '=', account.id)
    .where('action', 'in', [...changesOf.contact, ...changesOf['second-factor']])
    .where('at', '>', since)
    .where('outcome', '=', 'done')
    .groupBy('action')
    .execute();
  const newest = (of: (action: string) => boolean) =>
    Math.max(0, ...lately.filter(({ action }) => of(action)).map(({ last }) => Number(last)));
  const contact = Math.max(
    account.email_changed_at ?? 0,
    account.phone_changed_at ?? 0,
    newest((action) => contactChanges.has(action)),
  );
  const factor = newest((action) => !contactChanges.has(action));
  return [
    ...(contact > since ? [{ what: 'contact' as const, at: contact }] : []),
    ...(factor > since ? [{ what: 'second-factor' as const, at: factor }] : []),
  ];
}
