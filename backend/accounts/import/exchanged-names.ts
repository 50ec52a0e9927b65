import { sql } from 'kysely';
import type { ImportCounts } from '../../../shared/api/import-view.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { Transaction } from '../../store/store.ts';
import { planMerge, planOf, storedPlanOf, type RowPlan } from './analyse-rows.ts';
import { batchRowsOf } from './batch-rows-of.ts';
import type { MergeRules } from './merge-row.ts';

/** Rows whose user names can move in one transaction. */
const maxRows = 1000;

/** A row that gives an account another user name. */
export interface Move {
  readonly plan: RowPlan;
  /** The account whose id the row has, and the one that has the row's user name now; null if none has it. */
  readonly accountId: string;
  readonly holderId: string | null;
}

/** The moves to a user name that another one of them gives up, or that no account has. */
export function possibleMoves(moves: readonly Move[]): Move[] {
  let left = [...moves];
  for (;;) {
    const moving = new Set(left.map(({ accountId }) => accountId));
    const next = left.filter(({ holderId }) => holderId === null || moving.has(holderId));
    if (next.length === left.length) return next;
    left = next;
  }
}

async function rowsWith(tx: Transaction, importId: string, condition: ReturnType<typeof sql<boolean>>) {
  const rows = await tx
    .selectFrom('import_rows')
    .select(['line', 'kind', 'account_id', 'data', 'fields'])
    .where('import_id', '=', importId)
    .where(condition)
    .orderBy('line')
    .limit(maxRows + 1)
    .execute();
  return rows.map(planOf);
}

/**
 * Plans the change of people whose user names move between them, as when two people swap theirs: each has the id of its source, so that no decision is
 * needed about who is who. Without this, each row was held because its user name is another's until that row is applied. Returns the lines of these rows.
 */
export async function settleExchangedNames(
  tx: Transaction,
  importId: string,
  rules: MergeRules,
  counts: ImportCounts,
): Promise<readonly number[]> {
  const held = await rowsWith(
    tx,
    importId,
    sql<boolean>`kind = 'held' and fields like '%"reason":"user-name-taken"%'`,
  );
  if (held.length === 0 || held.length > maxRows) return [];
  const waiting = held.flatMap((plan): Move[] => {
    const { hold } = plan;
    return hold?.matchId == null || hold.accountId === null
      ? []
      : [{ plan, accountId: hold.matchId, holderId: hold.accountId }];
  });
  const holders = [...new Set(waiting.flatMap(({ holderId }) => holderId ?? []))];
  const batch = batchRowsOf(tx);
  const accounts = await batch.byId([...new Set([...holders, ...waiting.map(({ accountId }) => accountId)])]);
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const renamed = holders.length === 0 ? [] : await renamedAmong(tx, importId, holders, byId);
  const moves = possibleMoves([...waiting, ...renamed]);
  if (moves.length > maxRows || !moves.some(({ holderId }) => holderId !== null)) return [];
  const settled = moves.filter(({ plan }) => plan.kind === 'held');
  for (const { plan, accountId } of settled) {
    const account = byId.get(accountId);
    if (account === undefined) continue;
    const merged = planMerge(plan.row, account, rules);
    const { kind, account_id, fields } = storedPlanOf(merged);
    for (const name of merged.mass) counts[name] = (counts[name] ?? 0) + 1;
    await tx
      .updateTable('import_rows')
      .set({ kind, account_id, fields })
      .where('import_id', '=', importId)
      .where('line', '=', plan.row.line)
      .execute();
  }
  await tx
    .updateTable('imports')
    .set((eb) => ({
      held: eb('held', '-', settled.length),
      changed: eb('changed', '+', settled.length),
    }))
    .where('id', '=', importId)
    .execute();
  return moves.map(({ plan }) => plan.row.line);
}

/** The rows that give one of the accounts a user name that no account has. */
async function renamedAmong(
  tx: Transaction,
  importId: string,
  accountIds: readonly string[],
  byId: ReadonlyMap<string, AccountRow>,
): Promise<Move[]> {
  const plans = await rowsWith(
    tx,
    importId,
    sql<boolean>`kind = 'changed' and account_id in (${sql.join(accountIds)})`,
  );
  return plans.flatMap((plan): Move[] => {
    const { row, accountId, fromOtherSource } = plan;
    const isRenamed = !fromOtherSource && byId.get(accountId ?? '')?.user_name_key !== row.user_name_key;
    return isRenamed && accountId !== null ? [{ plan, accountId, holderId: null }] : [];
  });
}

/** Frees the user names of accounts that get others in the same transaction, since each is unique at any moment. */
export const freeUserNames = (tx: Transaction, accountIds: readonly string[]) =>
  tx
    .updateTable('accounts')
    .set({ user_name_key: sql<string>`${'\uE000'} || id` })
    .where('id', 'in', accountIds)
    .execute();
