import type { Kysely } from 'kysely';
import {
  directorySignInSettings,
  type DirectorySignInSettings,
} from '../../../shared/api/directory-sign-in.ts';
import { everyAccount } from '../../../shared/api/operator.ts';
import type { Tables } from '../../store/tables.ts';

export const settingName = 'directory-sign-in';

const unset: DirectorySignInSettings = { enabled: false, directoryId: null, roles: [], scope: everyAccount };

/** How operators sign in with a directory. Turned off until an administrator turns it on. */
export async function readDirectorySignIn(db: Kysely<Tables>): Promise<DirectorySignInSettings> {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('name', '=', settingName)
    .executeTakeFirst();
  return row === undefined
    ? unset
    : directorySignInSettings.parse({ ...unset, ...(JSON.parse(row.value) as object) });
}

/** The directory of the sign-in; null while it is turned off. */
export async function signInDirectory(
  db: Kysely<Tables>,
): Promise<(DirectorySignInSettings & { readonly directoryId: string }) | null> {
  const { directoryId, ...settings } = await readDirectorySignIn(db);
  return settings.enabled && directoryId !== null ? { ...settings, directoryId } : null;
}
