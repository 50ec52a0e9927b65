import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Transaction } from '../../../store/store.ts';
import type { ScimUsersTable, Tables } from '../../../store/tables.ts';
import { identityKey } from '../../../text/fold.ts';
import { asUser, type Complex, type UserResource } from '../protocol/resource.ts';
import { enterpriseUrn, userUrn } from '../protocol/user-schema.ts';
import { addressesOf } from './staged-user.ts';

/** A user in the form in which it is answered, with its version. */
export interface ScimUser {
  readonly id: string;
  /** An entity tag such as `W/"3"`. */
  readonly version: string;
  readonly location: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export const versionOf = ({ version }: Pick<ScimUsersTable, 'version'>): string => `W/"${version}"`;

export const storedUser = ({ resource }: Pick<ScimUsersTable, 'resource'>): UserResource =>
  asUser(JSON.parse(resource) as Complex);

/** Converts a stored user to the form in which it is answered. `base` is the address of its source. */
export function userOf(row: ScimUsersTable, base: string): ScimUser {
  const user = storedUser(row);
  const location = `${base}/Users/${row.account_id}`;
  const version = versionOf(row);
  return {
    id: row.account_id,
    version,
    location,
    body: {
      schemas: [userUrn, ...(user[enterpriseUrn] === undefined ? [] : [enterpriseUrn])],
      id: row.account_id,
      ...user,
      meta: {
        resourceType: 'User',
        created: new Date(row.created_at).toISOString(),
        lastModified: new Date(row.changed_at).toISOString(),
        location,
        version,
      },
    },
  };
}

/** The users of a source. */
export const usersOf = (db: Kysely<Tables>, sourceId: string) =>
  db.selectFrom('scim_users').selectAll('scim_users').where('scim_users.source_id', '=', sourceId);

/** The longest text that PostgreSQL's indexes accept in any script, in UTF-16 units. */
const longestIndexed = 400;

/** A text in an indexed column: a longer one is compared by its hash. */
export const indexedText = (text: string): string =>
  text.length <= longestIndexed ? text : `sha256 ${createHash('sha256').update(text).digest('hex')}`;

const externalIdOf = (user: UserResource): string | null =>
  typeof user['externalId'] === 'string' ? indexedText(user['externalId']) : null;

/** The values of the columns by which users are found. */
const columnsOf = (user: UserResource, now: number) => ({
  user_name_key: indexedText(identityKey(user.userName)),
  external_id: externalIdOf(user),
  resource: JSON.stringify(user),
  changed_at: now,
});

async function writeAddresses(tx: Transaction, accountId: string, user: UserResource): Promise<void> {
  await tx.deleteFrom('scim_user_emails').where('account_id', '=', accountId).execute();
  const keys = [...new Set(addressesOf(user).map((address) => indexedText(identityKey(address))))];
  if (keys.length > 0)
    await tx
      .insertInto('scim_user_emails')
      .values(keys.map((key) => ({ account_id: accountId, email_key: key })))
      .execute();
}

export async function insertUser(
  tx: Transaction,
  {
    sourceId,
    accountId,
    user,
    now,
  }: { sourceId: string; accountId: string; user: UserResource; now: number },
): Promise<ScimUsersTable> {
  const row = {
    account_id: accountId,
    source_id: sourceId,
    version: 1,
    created_at: now,
    ...columnsOf(user, now),
  };
  await tx.insertInto('scim_users').values(row).execute();
  await writeAddresses(tx, accountId, user);
  return row;
}

export async function updateUser(
  tx: Transaction,
  before: ScimUsersTable,
  user: UserResource,
  now: number,
): Promise<ScimUsersTable> {
  const row = { ...before, ...columnsOf(user, now), version: before.version + 1 };
  await tx.updateTable('scim_users').set(row).where('account_id', '=', before.account_id).execute();
  await writeAddresses(tx, before.account_id, user);
  return row;
}

/** Another user of the source with the same user name or external id; null if there is none. */
export async function userLike(
  tx: Transaction,
  sourceId: string,
  user: UserResource,
  except: string | null,
): Promise<'userName' | 'externalId' | null> {
  const externalId = externalIdOf(user);
  const { user_name_key: key } = columnsOf(user, 0);
  const others = await usersOf(tx, sourceId)
    .where((where) =>
      where.or([
        where('user_name_key', '=', key),
        ...(externalId === null ? [] : [where('external_id', '=', externalId)]),
      ]),
    )
    .execute();
  const other = others.find(({ account_id: id }) => id !== except);
  if (other === undefined) return null;
  return other.user_name_key === key ? 'userName' : 'externalId';
}
