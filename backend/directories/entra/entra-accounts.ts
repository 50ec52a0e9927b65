import type { EntraSettings } from '../../../shared/api/directory-settings.ts';
import { DirectoryFault } from '../external/directory-fault.ts';
import type { AccountsPage, InterruptedRead } from '../external/read-pages.ts';
import type { AccountForWrite, ExternalAccount } from '../external/external-directory.ts';
import { fieldsOf, textOf, type Fields } from '../external/json-fields.ts';
import type { GraphClient, GraphPage } from './graph-client.ts';
import type { PasswordDomains } from './password-domains.ts';
import { isGranted } from './permissions.ts';
import { isPrivilegedUser, readPrivileged } from './privileged-users.ts';

/** The user properties from which accounts are read, besides the id and the manager. */
export const userProperties = [
  'userPrincipalName',
  'displayName',
  'mail',
  'mobilePhone',
  'businessPhones',
  'employeeId',
  'department',
  'accountEnabled',
  'externalUserState',
  'onPremisesSyncEnabled',
  'lastPasswordChangeDateTime',
] as const;
const selected = ['id', 'createdDateTime', ...userProperties].join(',');
const manager = '$expand=manager($select=id)';
/** The maximum page size that Microsoft Graph supports for users. */
const pageSize = 999;
/** The maximum length of a stored position in characters. */
const maxPosition = 4000;
/** The maximum number of ids that Graph accepts in one filter. */
const idsAtOnce = 15;
/** Up to this many accounts are checked for privileges one by one. For more accounts, all privileged users are listed instead. */
const maxSingleReads = 30;

/** Object ids are GUIDs, so an id cannot change the path of a request. */
export const isObjectId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** Finds and reads the users of one tenant. */
export interface TenantUsers {
  /** The account without its privileges, by one request. Throws `account-gone`. */
  find(key: string): Promise<AccountForWrite>;
  /** Throws `account-gone`. */
  describe(key: string): Promise<ExternalAccount>;
  isPrivileged(key: string): Promise<boolean>;
  /** When the password was last set; null if Graph does not report it. */
  passwordSetAt(key: string): Promise<number | null>;
  /** Any account, for a preview; null if the tenant has none. */
  sample(): Promise<ExternalAccount | null>;
  /** The accounts of those keys that exist. */
  readMany(keys: readonly string[], signal: AbortSignal): Promise<readonly ExternalAccount[]>;
  readAll(signal: AbortSignal, after?: InterruptedRead): AsyncIterable<AccountsPage>;
}

interface Known {
  readonly isPrivileged: boolean;
  /** Domains whose sign-in is federated. */
  readonly federated: ReadonlySet<string>;
}

/** Milliseconds of a date in Graph's notation; null for none. */
function timeOf(date: unknown): number | null {
  const time = Date.parse(textOf(date) ?? '');
  return Number.isNaN(time) ? null : time;
}

/** Converts a user of Graph to an account; null if the value is not a user. */
function accountOf(
  user: Fields,
  { phones, writesBack }: Pick<EntraSettings, 'phones' | 'writesBack'>,
  { isPrivileged, federated }: Known,
): ExternalAccount | null {
  const key = textOf(user['id'])?.toLowerCase() ?? '';
  const userName = textOf(user['userPrincipalName']) ?? '';
  if (!isObjectId(key)) return null;
  const domain = userName.slice(userName.lastIndexOf('@') + 1).toLowerCase();
  // A guest signs in at the home tenant. The password of a synchronised account is managed by the directory of origin.
  const isGuest = textOf(user['externalUserState']) !== null || /#ext#@/i.test(userName);
  const createdAt = timeOf(user['createdDateTime']);
  const isSynchronised = user['onPremisesSyncEnabled'] === true && !writesBack;
  return {
    key,
    userName,
    displayName: textOf(user['displayName']) ?? userName,
    email: textOf(user['mail']),
    phones: phones
      .flatMap((name) => user[name])
      .filter((number): number is string => typeof number === 'string' && number !== ''),
    employeeNumber: textOf(user['employeeId']),
    department: textOf(user['department']),
    manager: textOf(fieldsOf(user['manager'])['id']),
    isPrivileged,
    disabled: user['accountEnabled'] === false,
    expiresAt: null,
    lockedSince: null,
    lockedUntil: null,
    lockedAt: null,
    passwordSetAt: timeOf(user['lastPasswordChangeDateTime']),
    mustChange: fieldsOf(user['passwordProfile'])['forceChangePasswordNextSignIn'] === true,
    signsInElsewhere: isGuest || isSynchronised || federated.has(domain),
    createdAt,
    // Graph tells no time of later changes.
    contactSetAt: { email: createdAt, phone: createdAt },
  };
}

/** The first page: that after those of an interrupted read, or the one at the start if Graph does not know its link any longer. */
async function firstPage(
  client: GraphClient,
  start: string,
  after: InterruptedRead | undefined,
  signal: AbortSignal,
): Promise<GraphPage> {
  const right = 'read-accounts';
  const link = after?.position?.startsWith('/users?') === true ? after.position : null;
  if (link === null) return client.page(start, right, signal);
  return client.page(link, right, signal).catch((thrown: unknown) => {
    if (thrown instanceof DirectoryFault && thrown.code === 'answer-invalid')
      return client.page(start, right, signal);
    throw thrown;
  });
}

export function createTenantUsers(
  client: GraphClient,
  domains: PasswordDomains,
  settings: EntraSettings,
): TenantUsers {
  const gone = () => new DirectoryFault('account-gone', { server: client.server });
  const read = (user: Fields, known: Known) => accountOf(user, settings, known);
  /** Graph shows whether a password change is demanded only to applications that may demand it. */
  const select = async () =>
    isGranted(await client.granted(), 'reset-password') ? `${selected},passwordProfile` : selected;

  async function readOne(key: string, more: string): Promise<ExternalAccount> {
    if (!isObjectId(key)) throw gone();
    const [{ status, json }, federated] = await Promise.all([
      client.get(`/users/${key}?$select=${await select()}${more}`, 'read-accounts'),
      domains.federated(),
    ]);
    const account = status === 200 ? read(fieldsOf(json), { isPrivileged: false, federated }) : null;
    if (account === null) throw gone();
    return account;
  }

  return {
    find: (key) => readOne(key, ''),
    async describe(key) {
      const account = await readOne(key, `&${manager}`);
      return { ...account, isPrivileged: await isPrivilegedUser(client, key, settings) };
    },
    isPrivileged: (key) => isPrivilegedUser(client, key, settings),
    async passwordSetAt(key) {
      const { json } = await client.get(`/users/${key}?$select=lastPasswordChangeDateTime`, 'read-accounts');
      return timeOf(fieldsOf(json)['lastPasswordChangeDateTime']);
    },
    async sample() {
      const federated = await domains.federated();
      const { items } = await client.page(`/users?$select=${await select()}&$top=1`, 'read-accounts');
      const [user] = items;
      return user === undefined ? null : read(user, { isPrivileged: false, federated });
    },
    async readMany(keys, signal) {
      const federated = await domains.federated();
      const properties = await select();
      const privileged = keys.length > maxSingleReads ? await readPrivileged(client, settings, signal) : null;
      const accounts: ExternalAccount[] = [];
      for (let at = 0; at < keys.length; at += idsAtOnce) {
        const ids = keys.slice(at, at + idsAtOnce).map((key) => `'${key}'`);
        const filter = encodeURIComponent(`id in (${ids.join(',')})`);
        const path = `/users?$filter=${filter}&$select=${properties}&${manager}`;
        for await (const page of client.pages(path, 'read-accounts', signal))
          for (const user of page) {
            const account = read(user, { isPrivileged: false, federated });
            if (account === null) continue;
            const id = String(user['id']);
            const isPrivileged = privileged?.has(id) ?? (await isPrivilegedUser(client, id, settings));
            accounts.push({ ...account, isPrivileged });
          }
      }
      return accounts;
    },
    async *readAll(signal, after) {
      const federated = await domains.federated();
      const privileged = await readPrivileged(client, settings, signal);
      const start = `/users?$select=${await select()}&${manager}&$top=${pageSize}`;
      for (let page = await firstPage(client, start, after, signal); ;) {
        const { items, next } = page;
        const accounts = items.flatMap(
          (user) => read(user, { isPrivileged: privileged.has(String(user['id'])), federated }) ?? [],
        );
        // A link that is too long to be stored is none to continue with.
        yield { accounts, position: (next?.length ?? 0) > maxPosition ? null : next };
        if (next === null) return;
        signal.throwIfAborted();
        page = await client.page(next, 'read-accounts', signal);
      }
    },
  };
}
