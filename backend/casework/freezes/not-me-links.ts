import type { Directory } from '../../directories/directory.ts';
import { isMailedToOwner } from '../../messaging/notifications/addresses-on-file.ts';
import type { KeyedHash } from '../../store/keyed-hash.ts';
import type { Store } from '../../store/store.ts';

/** Reads "This was not me" links with the state that they depend on. */
export function createNotMeLinks({
  store,
  directory,
  keyed,
  now,
}: {
  readonly store: Store;
  readonly directory: Directory;
  readonly keyed: KeyedHash;
  readonly now: () => number;
}) {
  /**
   * A link and its account, as long as the link is valid: its mail went to an address on file, or announced the removal of an address, and no freeze
   * of the account was lifted since.
   */
  const find = async (token: string) => {
    const link = await store.db
      .selectFrom('not_me_links')
      .selectAll()
      .where('token_hash', '=', keyed.hash('not-me', token))
      .where('expires_at', '>', now())
      .executeTakeFirst();
    const found = link && (await directory.get(link.account_id));
    if (!found) return null;
    const { account } = found;
    const lifted = await store.db
      .selectFrom('account_freezes')
      .select(({ fn }) => fn.max('lifted_at').as('at'))
      .where('account_id', '=', account.id)
      .executeTakeFirst();
    // An approver has already reviewed everything that was mailed before.
    if (account.frozen_at === null && link.created_at < Number(lifted?.at ?? 0)) return null;
    const isOnFile = link.to_former === 1 || (await isMailedToOwner(store.db, link.mail_id, account));
    return isOnFile ? { link, account } : null;
  };

  /** A used link cannot freeze the account again after an approver has lifted the freeze. */
  const isSpent = ({ link, account }: NonNullable<Awaited<ReturnType<typeof find>>>): boolean =>
    link.used_at !== null && account.frozen_at === null;
  const sweep = () =>
    store.writeUnaudited(async (tx) => {
      await tx.deleteFrom('not_me_links').where('expires_at', '<=', now()).execute();
    });
  return { find, isSpent, sweep };
}
