import type { Kysely } from 'kysely';
import { readLinkedAccounts } from '../authorization/persons.ts';
import type { Tables } from '../store/tables.ts';

/** Whether another account of the same person is frozen, so that strangers may read the person's mail. */
export async function hasFrozenLink(
  db: Kysely<Tables>,
  account: Parameters<typeof readLinkedAccounts>[1][number],
): Promise<boolean> {
  const ids = (await readLinkedAccounts(db, [account]))(account.id).map(({ id }) => id);
  const others = ids.filter((id) => id !== account.id);
  if (others.length === 0) return false;
  const frozen = await db
    .selectFrom('accounts')
    .select('id')
    .where('id', 'in', others)
    .where('frozen_at', 'is not', null)
    .executeTakeFirst();
  return frozen !== undefined;
}
