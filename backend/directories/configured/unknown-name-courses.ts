import type { KeyedHash } from '../../store/keyed-hash.ts';
import type { Store } from '../../store/store.ts';
import type { Directory } from '../directory.ts';

/**
 * Chooses the directories whose course a sign-in takes for a name that no account has: any of those that were read, or none as in the built-in one, by a
 * keyed hash of the name. The course is then the same at each try, as it is for accounts, of which one name may have several. An outsider cannot tell the
 * one from the other.
 */
export function createUnknownNameCourses({
  store,
  keyed,
}: {
  readonly store: Store;
  readonly keyed: Pick<KeyedHash, 'hash'>;
}): Directory['unknownNameCourses'] {
  /** For each directory the account that others are like; kept, since it is looked for among all accounts. */
  const likes = new Map<string, string>();

  /** Whether there may be accounts whose password is kept here. */
  const hasOwnAccounts = async (): Promise<boolean> => {
    const password = store.db.selectFrom('account_credentials').select('account_id').limit(1);
    const file = store.db.selectFrom('imports').select('id').limit(1);
    return (await password.executeTakeFirst()) !== undefined || (await file.executeTakeFirst()) !== undefined;
  };
  const keyIn = async (directoryId: string): Promise<string | null> => {
    const known = likes.get(directoryId);
    const open = store.db.selectFrom('accounts').select('source_id').where('closed_at', 'is', null);
    const still = known === undefined ? undefined : await open.where('id', '=', known).executeTakeFirst();
    if (still) return still.source_id;
    const found = await store.db
      .selectFrom('directory_accounts')
      .innerJoin('accounts', 'accounts.id', 'directory_accounts.account_id')
      .select(['accounts.id', 'accounts.source_id'])
      .where('directory_accounts.directory_id', '=', directoryId)
      .where('accounts.closed_at', 'is', null)
      .limit(1)
      .executeTakeFirst();
    if (found) likes.set(directoryId, found.id);
    return found?.source_id ?? null;
  };

  return async (name) => {
    const read = await store.db
      .selectFrom('directories')
      .select('id')
      .where('removed_at', 'is', null)
      .where('first_read_at', 'is not', null)
      .orderBy('id')
      .execute();
    if (read.length === 0) return [];
    const numberOf = (of: string) => Number.parseInt(keyed.hash('sign-in-course', of).slice(0, 12), 16);
    const ids = read.map(({ id }) => id);
    const some = ids.filter((id) => numberOf(`${id} ${name}`) % 2 === 1);
    const always = ids[numberOf(name) % ids.length];
    // Where no password is kept here, the course of every account leads to a directory.
    const directories = some.length > 0 || always === undefined || (await hasOwnAccounts()) ? some : [always];
    const courses: { directory_id: string; key: string }[] = [];
    for (const id of directories) {
      const key = await keyIn(id);
      if (key !== null) courses.push({ directory_id: id, key });
    }
    return courses;
  };
}
