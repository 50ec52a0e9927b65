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
  const waiting = await db
    .selectFrom('directory_held_changes')
    .innerJoin('accounts', 'accounts.id', 'directory_held_changes.account_id')
    .select(['user_name', 'display_name', 'kinds', 'changes', 'held_at'])
    .where('directory_held_changes.directory_id', '=', id)
    .where('allowed_at', 'is', null)
    .where('closed_at', 'is', null)
    .orderBy('user_name')
    .execute();
  // All of them were allowed, and the read that makes them runs.
  if (waiting.length === 0) return null;
  const countOf = (kind: string) =>
    waiting.filter(({ kinds }) => (JSON.parse(kinds) as string[]).includes(kind)).length;
  return {
    since: new Date(since).toISOString(),
    until: new Date(Math.max(since, ...waiting.map((row) => row.held_at))).toISOString(),
    accounts: waiting.length,
    counts: { contact: countOf('contact'), tier: countOf('tier'), manager: countOf('manager') },
    examples: waiting.slice(0, examples).map((row) => ({
      userName: row.user_name,
      displayName: row.display_name,
      changes: JSON.parse(row.changes) as RowChange[],
    })),
  };
}
