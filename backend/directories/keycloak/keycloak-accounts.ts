import type { KeycloakSettings } from '../../../shared/api/directory-settings.ts';
import { isUsableKey } from '../external/account-key.ts';
import { DirectoryFault, type DirectoryRight } from '../external/directory-fault.ts';
import type { AccountForWrite, ExternalAccount } from '../external/external-directory.ts';
import type { ContactTimes } from '../external/contact-times.ts';
import type { AccountsPage, InterruptedRead } from '../external/read-pages.ts';
import { fieldsOf, listOf, textOf, type Fields } from '../external/json-fields.ts';
import type { KeycloakClient } from './keycloak-client.ts';
import { newestContactEvent, readContactEvents } from './contact-events.ts';
import {
  lockPath,
  pagesOf,
  userPagesOf,
  userPath,
  type ReadPages,
  type ReadUserPages,
} from './realm-paths.ts';
import { isPrivilegedUser, readPrivileged } from './privileged-users.ts';

const updatePassword = 'UPDATE_PASSWORD';
const right: DirectoryRight = 'read-accounts';

/** Finds and reads the users of one realm. */
export interface RealmUsers {
  /** The description of a user; throws `account-gone`. */
  readUser(key: string): Promise<Fields>;
  /** The account with its lock and the time of its password. Throws `account-gone`, also for a key that no path can hold. */
  find(key: string): Promise<AccountForWrite>;
  /** All that a read of a single account can afford: its privileges and its federation as well. Throws `account-gone`. */
  describe(key: string): Promise<ExternalAccount>;
  /** When the password was set; null for none. */
  passwordSetAt(key: string): Promise<number | null>;
  /** Any account, for a preview, and whether the client may change it; null if the realm has none. */
  sample(): Promise<{ readonly account: ExternalAccount; readonly isManageable: boolean } | null>;
  readAll(signal: AbortSignal, after?: InterruptedRead): AsyncIterable<AccountsPage>;
  /** The pages of a list of users. */
  readonly userPages: ReadUserPages;
  /** The pages of any other list. */
  readonly pages: ReadPages;
}

/** One time for both, since events do not tell what was changed. Nothing was changed before the creation. */
function contactTimes(createdAt: number | null, eventAt: number | null): ContactTimes {
  const at = createdAt === null && eventAt === null ? null : Math.max(createdAt ?? 0, eventAt ?? 0);
  return { email: at, phone: at };
}

/** The account of a user's description. The other parameters are the facts from a read of the single account. */
function accountOf(
  user: Fields,
  attributes: KeycloakSettings['attributes'],
  {
    isPrivileged,
    passwordSetAt = null,
    lock = null,
    contactEventAt = null,
  }: {
    readonly isPrivileged: boolean;
    readonly passwordSetAt?: number | null;
    readonly lock?: Pick<ExternalAccount, 'lockedSince' | 'lockedUntil'> | null;
    /** The newest event about the user that may have changed contact data. */
    readonly contactEventAt?: number | null;
  },
): ExternalAccount | null {
  const key = textOf(user['id']);
  const userName = textOf(user['username']) ?? '';
  if (key === null) return null;
  const held = fieldsOf(user['attributes']);
  const values = (name: string): readonly string[] => {
    const value = name === '' ? undefined : held[name];
    return Array.isArray(value)
      ? value.filter((each): each is string => typeof each === 'string' && each !== '')
      : [];
  };
  const fullName = [textOf(user['firstName']), textOf(user['lastName'])]
    .filter((part) => part !== null)
    .join(' ');
  const actions = user['requiredActions'];
  const created = user['createdTimestamp'];
  const createdAt = typeof created === 'number' ? created : null;
  return {
    key,
    userName,
    displayName: fullName === '' ? userName : fullName,
    email: textOf(user['email']),
    phones: attributes.phones.flatMap(values),
    employeeNumber: values(attributes.employeeNumber)[0] ?? null,
    department: values(attributes.department)[0] ?? null,
    manager: values(attributes.manager)[0] ?? null,
    isPrivileged,
    disabled: user['enabled'] !== true,
    expiresAt: null,
    lockedSince: lock?.lockedSince ?? null,
    lockedUntil: lock?.lockedUntil ?? null,
    lockedAt: null,
    passwordSetAt,
    mustChange: Array.isArray(actions) && actions.includes(updatePassword),
    // A federation may keep the password in another directory, in which it must then be reset.
    signsInElsewhere: textOf(user['federationLink']) !== null,
    createdAt,
    contactSetAt: contactTimes(createdAt, contactEventAt),
  };
}

/** The start and end of a lock by Keycloak's protection against brute force; null while there is none. */
function lockOf(attempts: Fields): Pick<ExternalAccount, 'lockedSince' | 'lockedUntil'> | null {
  const { disabled, lastFailure, failedLoginNotBefore } = attempts;
  const until = Number(failedLoginNotBefore ?? 0) * 1000;
  return disabled === true
    ? { lockedSince: Number(lastFailure ?? 0), lockedUntil: until > 0 ? until : null }
    : null;
}

export function createRealmUsers(
  client: KeycloakClient,
  settings: KeycloakSettings,
  now: () => number,
): RealmUsers {
  const { attributes } = settings;
  const gone = () => new DirectoryFault('account-gone', { server: client.server });

  async function readUser(key: string): Promise<Fields> {
    if (!isUsableKey(key)) throw gone();
    const { status, json } = await client.get(`${userPath(key)}?userProfileMetadata=false`, right);
    // A service account is a user as well, but not one of the desk's.
    if (status === 404 || fieldsOf(json)['serviceAccountClientId'] !== undefined) throw gone();
    return fieldsOf(json);
  }
  const pages = pagesOf(client);
  const userPages = userPagesOf(client);
  async function readPassword(key: string) {
    const { json } = await client.get(`${userPath(key)}/credentials`, right);
    const password = listOf(json).find(({ type }) => type === 'password');
    const setAt = password?.['createdDate'];
    return { hasPassword: password !== undefined, setAt: typeof setAt === 'number' ? setAt : null };
  }
  /** Three reads at once, since Keycloak keeps the lock and the password apart from the user. */
  async function readOne(key: string) {
    if (!isUsableKey(key)) throw gone();
    const [user, { hasPassword, setAt }, attempts] = await Promise.all([
      readUser(key),
      readPassword(key),
      client.get(lockPath(key), right),
    ]);
    const account = accountOf(user, attributes, {
      isPrivileged: false,
      passwordSetAt: setAt,
      lock: lockOf(fieldsOf(attempts.json)),
    });
    if (account === null) throw gone();
    return { ...account, hasPassword };
  }

  /** The account of a key that is refused, so that it can be shown with the reason. */
  async function describeByList(key: string): Promise<ExternalAccount> {
    const { json } = await client.get(
      `/users?search=${encodeURIComponent(`id:${key}`)}&briefRepresentation=false`,
      right,
    );
    const user = listOf(json).find(({ id }) => id === key);
    const account = user === undefined ? null : accountOf(user, attributes, { isPrivileged: false });
    if (account === null) throw gone();
    return account;
  }

  return {
    readUser,
    pages,
    userPages,
    find: (key) => readOne(key),
    async describe(key) {
      if (!isUsableKey(key)) return describeByList(key);
      const [account, identities, isPrivileged, eventAt] = await Promise.all([
        readOne(key),
        client.get(`${userPath(key)}/federated-identity`, right),
        isPrivilegedUser(client, key, settings),
        newestContactEvent(client, key),
      ]);
      const { hasPassword, ...described } = account;
      return {
        ...described,
        isPrivileged,
        contactSetAt: contactTimes(account.createdAt, eventAt),
        signsInElsewhere: account.signsInElsewhere || (!hasPassword && listOf(identities.json).length > 0),
      };
    },
    passwordSetAt: async (key) => (await readPassword(key)).setAt,
    async sample() {
      const { json } = await client.get('/users?max=1&briefRepresentation=false', right);
      const [user] = listOf(json);
      const account = user === undefined ? null : accountOf(user, attributes, { isPrivileged: false });
      if (account === null) return null;
      return { account, isManageable: fieldsOf(user?.['access'])['manage'] === true };
    },
    async *readAll(signal, after) {
      const privileged = await readPrivileged(client, { pages, userPages }, settings, signal);
      const events = await readContactEvents(pages, now(), signal);
      const path = '/users?briefRepresentation=false';
      let first = Number(after?.position ?? 0);
      const continued = after && {
        first,
        isRead: async (id: string) => (await after.readOf([id])).has(id),
      };
      for await (const page of userPages(path, right, signal, continued)) {
        const accounts = page.flatMap((user) => {
          const key = String(user['id']);
          const contactEventAt = events.of(key);
          return accountOf(user, attributes, { isPrivileged: privileged.has(key), contactEventAt }) ?? [];
        });
        first += page.length;
        // Before the last user of this page, so that the next read notices if others have moved.
        yield { accounts, position: String(Math.max(0, first - 1)) };
      }
    },
  };
}
