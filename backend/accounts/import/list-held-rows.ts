import type { Selectable } from 'kysely';
import type { HeldRowView, HeldSide } from '../../../shared/api/held-row.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { Store } from '../../store/store.ts';
import type { HeldRowsTable } from '../../store/tables/imports.ts';
import { maskEmail } from '../../text/mask.ts';
import type { StagedRow } from './staged-row.ts';

export type HeldRow = Selectable<HeldRowsTable>;

export const stagedRowOf = ({ data }: Pick<HeldRow, 'data'>): StagedRow => JSON.parse(data) as StagedRow;

/** Whether the account has the row's user name or id: a new person then takes its place. */
export const isReplaced = (row: StagedRow, account: AccountRow): boolean =>
  account.user_name_key === row.user_name_key ||
  (row.source_id_key !== null && account.source_id_key === row.source_id_key);

const sideOf = (account: AccountRow): HeldSide => ({
  accountId: account.id,
  userName: account.user_name,
  displayName: account.display_name,
  employeeNumber: account.employee_number,
  emailMasked: maskEmail(account.email),
  sourceId: account.source_id,
  tier: account.tier as HeldSide['tier'],
  isClosed: account.closed_at !== null,
});

/** The held rows that wait for a decision, oldest first, at most `limit`. */
export async function listHeldRows(
  store: Store,
  limit: number,
): Promise<{ rows: HeldRowView[]; more: boolean }> {
  const rows = await store.db
    .selectFrom('held_rows')
    .leftJoin('imports', 'imports.id', 'held_rows.import_id')
    .leftJoin('directories', 'directories.id', 'held_rows.source')
    .selectAll('held_rows')
    .select(['imports.file_name', 'directories.name as directory_name'])
    .where('held_rows.state', '=', 'open')
    .orderBy('held_rows.held_at')
    .orderBy('held_rows.line')
    .limit(limit + 1)
    .execute();
  const ids = rows.flatMap((row) => [row.account_id, row.match_id]).filter((id) => id !== null);
  const accounts =
    ids.length === 0
      ? []
      : await store.db.selectFrom('accounts').selectAll().where('id', 'in', ids).execute();
  const byId = new Map(accounts.map((account) => [account.id, account]));
  return {
    rows: rows.slice(0, limit).map((held): HeldRowView => {
      const row = stagedRowOf(held);
      const account = byId.get(held.account_id ?? '');
      const match = byId.get(held.match_id ?? '');
      return {
        id: held.id,
        reason: held.reason as HeldRowView['reason'],
        fileName: held.file_name ?? '',
        source: held.source,
        sourceName: held.directory_name ?? held.source,
        line: held.line,
        at: new Date(held.held_at).toISOString(),
        row: {
          accountId: null,
          userName: row.user_name,
          displayName: row.display_name,
          employeeNumber: row.employee_number,
          emailMasked: maskEmail(row.email),
          sourceId: row.source_id,
          tier: row.tier as HeldSide['tier'],
          isClosed: false,
        },
        account: account === undefined ? null : sideOf(account),
        match: match === undefined ? null : sideOf(match),
        closesAccount: account !== undefined && isReplaced(row, account),
        canBeSame: account !== undefined && match === undefined,
      };
    }),
    more: rows.length > limit,
  };
}
