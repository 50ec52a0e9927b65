import type { Kysely } from 'kysely';
import type { AccountRow } from './directory.ts';
import type { Tables } from '../store/tables.ts';
import { identityKey } from '../text/fold.ts';

/**
 * Finds the account that a directory's manager field names: by user name, email address or full display name. Null unless exactly one account
 * matches and it is neither disabled, expired at `at` (milliseconds) nor frozen: a namesake must not vouch for a caller or be told about one, and
 * strangers may read the mail of an account that its owner froze.
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
    const isActive = only.disabled === 0 && only.frozen_at === null && (only.expires_at ?? at + 1) > at;
    return another === undefined && isActive ? only : null;
  }
  return null;
}
