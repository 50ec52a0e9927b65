import { identityKey } from '../accounts/fold.ts';
import type { AccountSearch } from '../accounts/search/account-search.ts';
import type { Store } from '../store/store.ts';

/** The one account whose user name or display name this is, if it has an address; null when there is none, or more than one. */
export type FindManager = (name: string) => Promise<{ accountId: string; email: string } | null>;

/** Directories give a manager as a name. A mail about somebody must not reach a namesake, so only a name that is unique counts. */
export function createFindManager({ store, search }: { store: Store; search: AccountSearch }): FindManager {
  const accountOf = async (accountId: string) => {
    const account = await store.db
      .selectFrom('accounts')
      .select(['id', 'email'])
      .where('id', '=', accountId)
      .where('disabled', '=', 0)
      .executeTakeFirst();
    return account?.email == null ? null : { accountId: account.id, email: account.email };
  };
  return async (name) => {
    const key = identityKey(name);
    if (key === '') return null;
    const { hits } = await search.search(name, 50, 0);
    const same = hits.filter(
      ({ userName, displayName }) => identityKey(userName) === key || identityKey(displayName) === key,
    );
    const [only, another] = same;
    return only === undefined || another !== undefined ? null : accountOf(only.id);
  };
}
