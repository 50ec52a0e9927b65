import type { Kysely } from 'kysely';
import type { AccountRow } from './directory.ts';
import type { Tables } from '../store/tables.ts';
import { identityKey } from '../text/fold.ts';

/**
 * The one account in use that a directory's word for a manager means: a user name, an address, or a whole name that nobody else has. Null for
 * none and for more than one: whoever is asked or told about somebody must be no namesake. `at` in milliseconds.
 */
export async function findManager(named: string, db: Kysely<Tables>, at: number): Promise<AccountRow | null> {
  const name = named.trim();
  const key = identityKey(name);
  if (key === '') return null;
  for (const [column, value] of [
    ['user_name_key', key],
    ['email_key', key],
    ['display_name', name],
  ] as const) {
    const found = await db.selectFrom('accounts').selectAll().where(column, '=', value).limit(2).execute();
    const [only, another] = found;
    if (!only) continue;
    const inUse = only.disabled === 0 && (only.expires_at ?? at + 1) > at;
    return another === undefined && inUse ? only : null;
  }
  return null;
}
