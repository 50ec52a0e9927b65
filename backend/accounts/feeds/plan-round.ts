import type { AccountRow } from '../../directories/directory.ts';
import type { Transaction } from '../../store/store.ts';
import { planMerge, planRows, type RowPlan } from '../import/analyse-rows.ts';
import { batchRowsOf } from '../import/batch-rows-of.ts';
import { possibleMoves, type Move } from '../import/exchanged-names.ts';
import type { MergeRules } from '../import/merge-row.ts';
import type { StagedRow } from '../import/staged-row.ts';

/** What a directory's accounts do in one step. */
export interface Round {
  readonly plans: readonly RowPlan[];
  /** User names move between accounts of these plans. */
  readonly isExchange: boolean;
  /** The accounts that depend on this round: their user name or id is that of another account in it. They are planned once it is applied. */
  readonly later: readonly StagedRow[];
}

/** A second entry of the same person has a password of its own: it is never merged without a decision. */
const holdIfElsewhere = (plan: RowPlan): RowPlan =>
  plan.fromOtherSource
    ? {
        ...plan,
        kind: 'held',
        changes: [],
        hold: { reason: 'other-source', accountId: plan.accountId, matchId: null },
      }
    : plan;

/** Whether a plan gives an account a user name, so that no other account can have it. */
const hasName = ({ kind }: RowPlan): boolean => kind === 'new' || kind === 'changed' || kind === 'unchanged';

/** Whether a row is held because another account has its user name. */
const isHeldByName = ({ hold }: RowPlan): boolean =>
  hold?.reason === 'user-name-taken' || hold?.reason === 'id-differs';

export async function accountsById(
  tx: Transaction,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, AccountRow>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  const accounts = wanted.length === 0 ? [] : await batchRowsOf(tx).byId(wanted);
  return new Map(accounts.map((account) => [account.id, account]));
}

/** The plans that give their account another user name, if some rows are held for one. */
async function renamesAmong(tx: Transaction, plans: readonly RowPlan[]): Promise<Move[]> {
  if (!plans.some(isHeldByName)) return [];
  const renamed = plans.filter(
    ({ kind, changes }) => kind === 'changed' && changes.some(({ field }) => field === 'userName'),
  );
  const accounts = await accountsById(
    tx,
    renamed.map(({ accountId }) => accountId),
  );
  return renamed.flatMap((plan): Move[] => {
    const { accountId } = plan;
    const isOther = accounts.get(accountId ?? '')?.user_name_key !== plan.row.user_name_key;
    return accountId !== null && isOther ? [{ plan, accountId, holderId: null }] : [];
  });
}

/** How often each value occurs. */
function countsOf(values: readonly (string | null)[]): (value: string | null) => number {
  const counts = new Map<string | null, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return (value) => counts.get(value) ?? 0;
}

/** The moves of user names between accounts, or to free names, that can be made together. */
async function movesAmong(tx: Transaction, plans: readonly RowPlan[]): Promise<readonly Move[]> {
  const waiting = plans.flatMap((plan): Move[] => {
    const { hold } = plan;
    return hold?.reason === 'user-name-taken' && hold.matchId !== null
      ? [{ plan, accountId: hold.matchId, holderId: hold.accountId }]
      : [];
  });
  const named = [...plans.filter(hasName), ...waiting.map(({ plan }) => plan)];
  const names = countsOf(named.map(({ row }) => row.user_name_key));
  const ids = countsOf(plans.map(({ row }) => row.source_id_key));
  const isClear = ({ plan: { row } }: Move) =>
    names(row.user_name_key) === 1 && (row.source_id_key === null || ids(row.source_id_key) === 1);
  return possibleMoves([...waiting, ...(await renamesAmong(tx, plans))].filter(isClear));
}

/**
 * Plans accounts of a directory against the index. The directory gives each entry an id and decides who has which user name: people may swap theirs, and
 * a new person may get the name of one who is renamed, in one read.
 */
export async function planRound(
  tx: Transaction,
  rows: readonly StagedRow[],
  rules: MergeRules,
): Promise<Round> {
  const read = (await planRows(tx, rows, rules)).map(holdIfElsewhere);
  const moves = await movesAmong(tx, read);
  const moving = new Map(moves.map(({ plan, accountId }) => [plan, accountId]));
  const accounts = await accountsById(tx, [...moving.values()]);
  const planned = read.map((plan) => {
    const account = accounts.get(moving.get(plan) ?? '');
    return account !== undefined && plan.kind === 'held' ? planMerge(plan.row, account, rules) : plan;
  });
  const renamed = new Set(moving.values());
  const seen = new Set<string>();
  const plans: RowPlan[] = [];
  const later: StagedRow[] = [];
  for (const plan of planned) {
    const { row, hold } = plan;
    const keys = [
      ...(row.source_id_key === null ? [] : [`id ${row.source_id_key}`]),
      ...(hasName(plan) ? [`name ${row.user_name_key}`] : []),
    ];
    const isFreed = isHeldByName(plan) && renamed.has(hold?.accountId ?? '');
    if (isFreed || keys.some((key) => seen.has(key))) later.push(row);
    else {
      plans.push(plan);
      for (const key of keys) seen.add(key);
    }
  }
  const isExchange = moves.some(({ holderId }) => holderId !== null);
  return { plans, isExchange, later };
}
