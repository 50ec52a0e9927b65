import type { DirectoryView } from '../../../shared/api/directories.ts';
import type { Store } from '../../store/store.ts';

/** Entries that a view shows. */
const maxShown = 50;

/** The entries of a directory that cannot be in the index, some of them with the reason; null for none. */
export async function refusedEntriesView(
  { db }: Pick<Store, 'db'>,
  directoryId: string,
): Promise<DirectoryView['refused']> {
  const entries = db.selectFrom('directory_refused_entries').where('directory_id', '=', directoryId);
  const shown = await entries
    .select(['user_name', 'reason', 'detail'])
    .orderBy('user_name')
    .orderBy('entry')
    .limit(maxShown)
    .execute();
  if (shown.length === 0) return null;
  const { count } = await entries
    .select((of) => of.fn.countAll<number | string>().as('count'))
    .executeTakeFirstOrThrow();
  return {
    count: Number(count),
    entries: shown.map(({ user_name: userName, reason, detail }) => ({
      userName,
      reason: reason as NonNullable<DirectoryView['refused']>['entries'][number]['reason'],
      detail,
    })),
  };
}
