import { newDirectoryRow } from '../../../backend/directories/configured/directory-settings.ts';
import type { AccountSource } from '../../../shared/api/account-sources.ts';
import type { DirectoryView } from '../../../shared/api/directories.ts';
import type { OperatorRow } from '../../../shared/api/operators.ts';
import type { Member, StaffedDesk } from '../../backend/staffed-desk.ts';

export const get = async <T>({ call }: Member, path: string): Promise<T> => (await call<T>('GET', path)).body;
export const rowOf = async (ann: Member, userName: string) =>
  (await get<{ operators: OperatorRow[] }>(ann, '/operators')).operators.find(
    (row) => row.userName === userName,
  );
export const stable = async (ann: Member, subject: Member) => {
  const row = await rowOf(ann, subject.userName);
  return (
    row && {
      roles: row.roles,
      state: row.state,
      factor: row.secondFactorSince,
      provider: row.provider,
      directory: row.directory,
    }
  );
};
export const linkTo = (issuer: string) => async (desk: StaffedDesk, subject: Member) =>
  desk.backend.changeRows((db) =>
    db
      .updateTable('operators')
      .set({ provider_issuer: issuer, provider_subject: 'a-subject' })
      .where('id', '=', subject.id)
      .execute(),
  );

export const ldapSettings = {
  kind: 'ldap',
  preset: 'generic',
  servers: [{ host: '127.0.0.1', port: 9 }],
  baseDn: 'dc=example,dc=com',
  serviceAccount: 'cn=reset-desk,dc=example,dc=com',
};
/** Another endpoint would have to propose this. */
export const withDirectory = (name: string) => async (desk: StaffedDesk) =>
  desk.backend.changeRows((db) =>
    db
      .insertInto('directories')
      .values(newDirectoryRow({ id: `directory-${name}`, name, settings: ldapSettings, now: 1 }))
      .execute(),
  );
export const withSource = (name: string) => async (desk: StaffedDesk) =>
  desk.backend.changeRows((db) =>
    db
      .insertInto('account_sources')
      .values({
        id: `source-${name}`,
        name,
        created_at: 1,
        removed_at: null,
        changed_at: null,
        held_since: null,
        allowed_until: null,
      })
      .execute(),
  );
export const signInDirectoryId = '5d0c8f51-4b1e-4f6f-9d8e-0a4f6f1f2a10';
export const signInOff = {
  enabled: false,
  directoryId: null,
  roles: [],
  scope: { departments: [], tiers: [], directories: [] },
};
export const roleOfGroup = { group: 'cn=desk,dc=example,dc=com', role: 'operator' };
/** Operators sign in with a directory, in which the subject has their own account; `key` is the one that they are linked to. */
export const linkedAccount = async (desk: StaffedDesk, subject: Member, key: string | null) => {
  const value = JSON.stringify({ ...signInOff, enabled: true, directoryId: signInDirectoryId });
  await desk.backend.changeRows(async (db) => {
    const account = await db
      .selectFrom('accounts')
      .select('id')
      .where('user_name', '=', 'm.okafor')
      .executeTakeFirstOrThrow();
    await db
      .updateTable('accounts')
      .set({ directory_id: signInDirectoryId, source_id: 'guid-of-subject' })
      .where('id', '=', account.id)
      .execute();
    await db
      .insertInto('settings')
      .values({ name: 'directory-sign-in', value, sealed: 0, changed_at: 1 })
      .onConflict((on) => on.column('name').doUpdateSet({ value }))
      .execute();
    return db
      .updateTable('operators')
      .set({
        linked_account_id: account.id,
        directory_id: key === null ? null : signInDirectoryId,
        directory_key: key,
      })
      .where('id', '=', subject.id)
      .execute();
  });
};
export const sourceNamed = async (ann: Member, name: string) =>
  (await get<{ sources: AccountSource[] }>(ann, '/account-sources')).sources.find(
    (source) => source.name === name,
  );
export const directoriesOf = async (ann: Member) =>
  (await get<{ directories: DirectoryView[] }>(ann, '/directories')).directories;
export const directoryNamed = async (ann: Member, name: string) =>
  (await directoriesOf(ann)).find((directory) => directory.name === name);

export const heldRow = { id: '' };
export const massImport = { id: '' };
export const requiredResetId = '3b241101-e2bb-4255-8caf-4136c566a962';
