import type { Transaction, Store } from '../../store/store.ts';

/** Each address once, however it is written. */
export function distinctAddresses(addresses: readonly (string | null)[]): string[] {
  const known = new Map<string, string>();
  for (const address of addresses) {
    if (address !== null && address !== '') known.set(address.toLowerCase(), address);
  }
  return [...known.values()];
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
