import type { DirectoryView } from '../../../shared/api/directories.ts';
import type { RowChange } from '../../../shared/api/import-view.ts';
import type { Store } from '../../store/store.ts';
import type { DirectoriesTable } from '../../store/tables.ts';

/** Accounts that a view shows as examples. */
const examples = 20;

/** Changes of many accounts that wait for a decision, with some of them as they would be made; null for none. */
export async function heldChangesView(
  { db }: Pick<Store, 'db'>,
  { id, changes_held_since: since }: Pick<DirectoriesTable, 'id' | 'changes_held_since'>,
): Promise<DirectoryView['heldChanges']> {
  if (since === null) return null;
  const waiting = db
    .selectFrom('directory_held_changes')
    .innerJoin('accounts', 'accounts.id', 'directory_held_changes.account_id')
    .where('directory_held_changes.directory_id', '=', id)
    .where('allowed_at', 'is', null)
    .where('closed_at', 'is', null);
  // Counted by the database, since the console asks every few seconds.
  const groups = await waiting
    .select(({ fn }) => [
      'kinds',
      fn.countAll<number | string>().as('accounts'),
      fn.max('held_at').as('newest'),
    ])
    .groupBy('kinds')
    .execute();
  // All of them were allowed, and the read that makes them runs.
  if (groups.length === 0) return null;
  const shown = await waiting
    .select(['user_name', 'display_name', 'changes'])
    .orderBy('user_name')
    .limit(examples)
    .execute();
  const countOf = (counted: typeof groups) =>
    counted.reduce((sum, { accounts }) => sum + Number(accounts), 0);
  const countOfKind = (kind: string) =>
    countOf(groups.filter(({ kinds }) => (JSON.parse(kinds) as string[]).includes(kind)));
  return {
    since: new Date(since).toISOString(),
    until: new Date(Math.max(since, ...groups.map(({ newest }) => Number(newest)))).toISOString(),
    accounts: countOf(groups),
    counts: { contact: countOfKind('contact'), tier: countOfKind('tier'), manager: countOfKind('manager') },
    examples: shown.map((row) => ({
      userName: row.user_name,
      displayName: row.display_name,
      changes: JSON.parse(row.changes) as RowChange[],
    })),
  };
}
