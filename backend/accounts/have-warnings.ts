import type { Kysely, Selectable } from 'kysely';
import type { AccountsTable, Tables } from '../store/tables.ts';

/** Whether one of the accounts is frozen or flagged, or was after `since` (milliseconds), or a caller was refused or failed a check after it. */
export async function haveWarnings(
  db: Kysely<Tables>,
  accounts: readonly Pick<Selectable<AccountsTable>, 'id' | 'frozen_at'>[],
  since: number,
): Promise<boolean> {
  if (accounts.some(({ frozen_at: frozenAt }) => frozenAt !== null)) return true;
  const ids = accounts.map(({ id }) => id);
  const found = await Promise.all([
    db
      .selectFrom('account_flags')
      .select('account_id')
      .where('account_id', 'in', ids)
      .where((where) => where.or([where('cleared_at', 'is', null), where('cleared_at', '>', since)]))
      .limit(1)
      .executeTakeFirst(),
    db
      .selectFrom('account_freezes')
      .select('account_id')
      .where('account_id', 'in', ids)
      .where('lifted_at', '>', since)
      .limit(1)
      .executeTakeFirst(),
    db
      .selectFrom('cases')
      .select('account_id')
      .where('account_id', 'in', ids)
      .where('state', '=', 'refused')
      .where('ended_at', '>', since)
      .limit(1)
      .executeTakeFirst(),
    db
      .selectFrom('audit_events')
      .select('account_id')
      .where('account_id', 'in', ids)
      .where('action', 'in', ['check.wrong-code', 'check.failed'])
      .where('at', '>', since)
      .limit(1)
      .executeTakeFirst(),
  ]);
  return found.some((row) => row !== undefined);
}
