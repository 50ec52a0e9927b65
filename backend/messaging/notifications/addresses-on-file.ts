import { identityKey } from '../../text/fold.ts';
import type { Transaction, Store } from '../../store/store.ts';

/** Each address once, regardless of its notation. */
export function distinctAddresses(addresses: readonly (string | null)[]): string[] {
  const known = new Map<string, string>();
  for (const address of addresses) {
    if (address !== null && address !== '') known.set(address.toLowerCase(), address);
  }
  return [...known.values()];
}

/** The address that a mail went to, for comparison; null for an unknown mail. */
export async function mailedTo(db: Transaction | Store['db'], mailId: string | null): Promise<string | null> {
  const mail = await db
    .selectFrom('mails')
    .select('to_address')
    .where('id', '=', mailId ?? '')
    .executeTakeFirst();
  return mail ? identityKey(mail.to_address) : null;
}

/** Whether a mail went to an address that is still on file for an account. Links in mails depend on it. */
export async function isMailedToOwner(
  db: Transaction | Store['db'],
  mailId: string | null,
  account: { readonly id: string; readonly email_key: string | null },
): Promise<boolean> {
  const address = await mailedTo(db, mailId);
  if (address === null) return false;
  if (address === account.email_key) return true;
  const added = await recoveryAddressesOf(db, account.id);
  return added.some((known) => identityKey(known.address) === address);
}

/** Whether {@link isMailedToOwner} holds and the address on file has not changed since the mail, at `since` in milliseconds. */
export async function isMailedToOwnerSince(
  db: Transaction | Store['db'],
  mailId: string | null,
  account: {
    readonly id: string;
    readonly email_key: string | null;
    readonly email_changed_at: number | null;
  },
  since: number,
): Promise<boolean> {
  if (!(await isMailedToOwner(db, mailId, account))) return false;
  const isBack = (account.email_changed_at ?? -1) >= since;
  return !isBack || (await mailedTo(db, mailId)) !== account.email_key;
}

/** The addresses that the owner of an account has added to the directory's, oldest first. */
export async function recoveryAddressesOf(
  db: Transaction | Store['db'],
  accountId: string,
): Promise<{ id: string; address: string; addedAt: number }[]> {
  const rows = await db
    .selectFrom('recovery_addresses')
    .select(['id', 'address', 'added_at'])
    .where('account_id', '=', accountId)
    .orderBy('added_at')
    .orderBy('id')
    .execute();
  return rows.map(({ id, address, added_at }) => ({ id, address, addedAt: added_at }));
}
