import type { ImportCounts, RowChange } from '../../../shared/api/import-view.ts';
import type { HoldReason } from '../../../shared/api/held-row.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { Transaction } from '../../store/store.ts';
import { newAccountId } from '../account-id.ts';
import { decideIdentity, type Identity } from '../identity/decide-identity.ts';
import { haveNothingInCommon, type PersonFacts } from '../identity/in-common.ts';
import { findCandidates } from '../identity/find-candidates.ts';
import { isExpired, isNotStarted } from '../statuses.ts';
import { contactFacts, detailFacts } from './account-changes.ts';
import { importedColumns, type ImportedRow, type StoredRow } from './batch-rows.ts';
import { mergeRow, type Merged, type MergeRules } from './merge-row.ts';
import type { SeenKeys } from './seen-keys.ts';
import { identityKeysOf, packRow, unpackRow, type StagedKind, type StagedRow } from './staged-row.ts';

/** Why a row is held. Stored with the row until the import is applied. */
export interface Hold {
  readonly reason: HoldReason;
  readonly accountId: string | null;
  readonly matchId: string | null;
}

/** What a row will do. */
export interface RowPlan {
  readonly row: StagedRow;
  kind: StagedKind;
  accountId: string | null;
  hold: Hold | null;
  changes: readonly RowChange[];
  readonly addsId: boolean;
  readonly fromOtherSource: boolean;
  /** The kinds of mass change that the row counts towards. */
  mass: readonly (keyof ImportCounts)[];
}

/** The values of a row that {@link applyRows} needs besides its data. */
interface StoredPlan {
  readonly hold?: Hold;
  readonly changes?: readonly RowChange[];
  readonly addsId?: true;
  readonly fromOtherSource?: true;
  readonly mass?: RowPlan['mass'];
}

/** A plan as it is stored. */
export function storedPlanOf(plan: RowPlan): StoredRow {
  const stored: StoredPlan = {
    ...(plan.hold !== null && { hold: plan.hold }),
    ...(plan.changes.length > 0 && { changes: plan.changes }),
    ...(plan.addsId && { addsId: true }),
    ...(plan.fromOtherSource && { fromOtherSource: true }),
    ...(plan.mass.length > 0 && { mass: plan.mass }),
  };
  const hasMore = Object.keys(stored).length > 0;
  return {
    line: plan.row.line,
    kind: plan.kind,
    account_id: plan.accountId,
    data: JSON.stringify(packRow(plan.row)),
    fields: hasMore ? JSON.stringify(stored) : null,
  };
}

/** Restores a plan from its stored form. */
export function planOf(stored: StoredRow): RowPlan {
  const more = (stored.fields === null ? {} : JSON.parse(stored.fields)) as StoredPlan;
  return {
    row: unpackRow(stored.data),
    kind: stored.kind as StagedKind,
    accountId: stored.account_id,
    hold: more.hold ?? null,
    changes: more.changes ?? [],
    addsId: more.addsId ?? false,
    fromOtherSource: more.fromOtherSource ?? false,
    mass: more.mass ?? [],
  };
}

/** The changes of an account for display, with contact data masked. */
function changesOf(before: AccountRow, { after, contact }: Merged, addsId: boolean): RowChange[] {
  const facts = { ...detailFacts(before, after), ...contactFacts(before, after, contact) };
  const changes = Object.entries(facts).flatMap(([name, from]): RowChange[] => {
    const field = /^(.+)From$/u.exec(name)?.[1];
    if (field === undefined) return [];
    const to = facts[`${field}To` as keyof typeof facts];
    return [{ field, from: from === null ? null : String(from), to: to == null ? null : String(to) }];
  });
  if (addsId) changes.push({ field: 'id', from: null, to: after.source_id });
  if (changes.length > 0) return changes;
  const isRewritten = importedColumns.some((column) => before[column] !== after[column]);
  return isRewritten ? [{ field: 'notation', from: null, to: null }] : [];
}

/** Whether the owner cannot sign in at an instant, in milliseconds. */
const isShutOut = (account: ImportedRow, now: number): boolean =>
  account.disabled === 1 ||
  account.locked_since !== null ||
  isExpired(account, now) ||
  isNotStarted(account, now);

/** The kinds of mass change that a merge counts towards. `now` in milliseconds. */
function massOf(
  before: AccountRow,
  { after, contact, isKnown }: Merged,
  changes: readonly RowChange[],
  now: number,
) {
  const mass: (keyof ImportCounts)[] = [];
  if ((contact.email || contact.phone) && !isKnown) mass.push('contact');
  if (before.tier !== after.tier) mass.push('tier');
  if (changes.some(({ field }) => field === 'manager')) mass.push('manager');
  if (isShutOut(before, now) !== isShutOut(after, now) || before.local_password !== after.local_password)
    mass.push('status');
  return mass;
}

/** Plans one row by whose account it is about. */
function planRow(row: StagedRow, identity: Identity, rules: MergeRules): RowPlan {
  const plan = {
    row,
    hold: null,
    changes: [],
    addsId: false,
    fromOtherSource: false,
    mass: [],
  };
  if (identity.kind === 'new') return { ...plan, kind: 'new', accountId: newAccountId(rules.now) };
  if (identity.kind === 'held') {
    const { reason, account, match } = identity;
    const hold = { reason, accountId: account.id, matchId: match?.id ?? null };
    return { ...plan, kind: 'held', accountId: account.id, hold };
  }
  return planMerge(row, identity.account, rules, identity);
}

/** Plans to merge a row into an account. */
export function planMerge(
  row: StagedRow,
  account: AccountRow,
  rules: MergeRules,
  { addsId, fromOtherSource }: Pick<RowPlan, 'addsId' | 'fromOtherSource'> = {
    addsId: false,
    fromOtherSource: false,
  },
): RowPlan {
  const merged = mergeRow(row, account, { addsId, fromOtherSource }, rules);
  const changes = changesOf(account, merged, addsId);
  return {
    row,
    kind: changes.length > 0 || account.closed_at !== null ? 'changed' : 'unchanged',
    accountId: account.id,
    hold: null,
    changes,
    addsId,
    fromOtherSource,
    mass: massOf(account, merged, changes, rules.now),
  };
}

/** Plans a batch of rows against the current accounts. */
export async function planRows(
  tx: Transaction,
  rows: readonly StagedRow[],
  rules: MergeRules,
): Promise<RowPlan[]> {
  if (rows.length === 0) return [];
  const keys = rows.map((row) => identityKeysOf(row, rules));
  const candidatesOf = await findCandidates(tx, keys);
  return rows.map((row, at) => {
    const key = keys[at] ?? identityKeysOf(row, rules);
    return planRow(row, decideIdentity(key, candidatesOf(key)), rules);
  });
}

/** Plans a row whose account its source names itself, by an id of ours. What else contradicts it is found as for every row. */
export async function planKnownRow(
  tx: Transaction,
  row: StagedRow,
  accountId: string,
  rules: MergeRules,
): Promise<RowPlan> {
  const account = await tx
    .selectFrom('accounts')
    .selectAll()
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
  const key = account.source_id_key ?? `account ${accountId}`;
  const keys = { ...identityKeysOf(row, rules), sourceIdKey: key };
  const candidatesOf = await findCandidates(tx, [keys]);
  const others = candidatesOf(keys).filter((candidate) => candidate.account.id !== accountId);
  const itself = { account, idKeys: new Set([key]) };
  const identity = decideIdentity(keys, [itself, ...others]);
  return planRow(row, identity, rules);
}

const factsOf = (row: StagedRow): PersonFacts => ({
  userNameKey: row.user_name_key,
  displayName: row.display_name,
  emailKey: row.email_key,
  phoneDigits: row.phone_digits,
  employeeNumberKey: row.employee_number_key,
});
const isEqual = (one: string | null, other: string | null): boolean => one !== null && one === other;
const isOther = (one: string | null, other: string | null): boolean =>
  one !== null && other !== null && one !== other;

/** How two rows of one file relate. `apart`: they are two people. */
export function compareRows(one: StagedRow, other: StagedRow): 'apart' | 'duplicate' | 'contradiction' {
  const isSameId = isEqual(one.source_id_key, other.source_id_key);
  const hasOtherId = isOther(one.source_id_key, other.source_id_key);
  if (one.user_name_key === other.user_name_key) {
    // A row that is active must not hide another by which the person has left.
    const hasOtherStatus = (['disabled', 'locked', 'starts_at', 'expires_at'] as const).some(
      (of) => one[of] !== other[of],
    );
    return hasOtherId ||
      hasOtherStatus ||
      haveNothingInCommon(factsOf(one), factsOf(other)) ||
      isOther(one.employee_number_key, other.employee_number_key)
      ? 'contradiction'
      : 'duplicate';
  }
  // One employee number with two user names is two accounts of one person: an everyday one and an administrator's, for example.
  return isSameId ? 'contradiction' : 'apart';
}

/** The account whose values a row has or would have: that of its id too, if another account has its user name. Null for a new or undecided person. */
export function ownAccountOf({ kind, accountId, hold }: RowPlan): string | null {
  if (kind === 'changed' || kind === 'unchanged') return accountId;
  return hold?.reason === 'user-name-taken' ? hold.matchId : null;
}

/** Finds rows of one file that claim the same person. */
export class TwinFinder {
  readonly #seen: SeenKeys;
  constructor(seen: SeenKeys) {
    this.#seen = seen;
  }

  /** The lines that share a key or the account with the row, the strongest match first. */
  linesLike(plan: RowPlan): number[] {
    const { row } = plan;
    const accountId = ownAccountOf(plan);
    const lines = new Set<number>();
    const see = (key: string | null) => {
      const line = key === null ? null : this.#seen.see(key, row.line);
      if (line !== null && line !== row.line) lines.add(line);
    };
    see(`name ${row.user_name_key}`);
    see(row.source_id_key === null ? null : `id ${row.source_id_key}`);
    see(accountId === null ? null : `account ${accountId}`);
    return [...lines];
  }
}
