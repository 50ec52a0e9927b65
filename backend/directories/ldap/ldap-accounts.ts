import type { LdapSettings } from '../../../shared/api/directory-settings.ts';
import { DirectoryFault } from '../external/directory-fault.ts';
import type { AccountForWrite, ExternalAccount } from '../external/external-directory.ts';
import { attributesToRead, describeEntry } from './described-entry.ts';
import { readAccessLog, type ChangeLog } from './change-log.ts';
import type { LdapConnection } from './ldap-connection.ts';
import { LdapResult } from './ldap-requests.ts';
import { filterText, generalizedTime, isGuid, sameDn, type LdapEntry } from './ldap-entry.ts';
import type { AccountState, LdapFlavour, LdapPolicy } from './ldap-flavour.ts';
import { isMemberOf, readMembers, type IsMember } from './ldap-groups.ts';
import { isChangeOfPassword } from './password-change.ts';
import type { PolicyReader } from './ldap-policy.ts';
import type { RootReader } from './ldap-root.ts';
import { allOf, anyOf, inParentheses, isInScope, pagesInScope } from './ldap-scope.ts';

export interface FoundAccount {
  readonly entry: LdapEntry;
  readonly account: AccountForWrite & Pick<ExternalAccount, 'contactSetAt'>;
  readonly policy: LdapPolicy | null;
}

/** Converts the entries of many accounts. */
export interface AccountReader {
  readonly hasKey: (entry: LdapEntry) => boolean;
  /** Null for an entry without a key, and outside of the groups of the scope. */
  readonly keyIfInScope: (entry: LdapEntry) => string | null;
  /** Null for an entry without a key, and outside of the groups of the scope. */
  readonly accountOf: (entry: LdapEntry) => ExternalAccount | null;
  /** Stores the keys of entries, so that managers can be named by them. */
  readonly learn: (page: readonly LdapEntry[]) => void;
}

/** Finds and reads the accounts within the scope of one directory. */
export interface LdapAccounts {
  /** The entry of a key; throws `account-gone`. */
  find(connection: LdapConnection, key: string): Promise<FoundAccount>;
  /** The account with its manager and whether it is privileged, which take further requests. */
  describe(connection: LdapConnection, found: FoundAccount): Promise<ExternalAccount>;
  /** The current state of an entry, by one request; throws `account-gone`. */
  stateOf(connection: LdapConnection, found: FoundAccount): Promise<AccountState>;
  /** The given groups that hold the account, directly or through nested groups. */
  groupsOf(
    connection: LdapConnection,
    found: FoundAccount,
    groups: readonly string[],
  ): Promise<readonly string[]>;
  /**
   * Whether the service account set the password: it changed the entry last, when the password was set. Null if the entry was changed since, or if the
   * server does not tell.
   */
  isOwnPassword(connection: LdapConnection, found: FoundAccount): Promise<boolean | null>;
  /** The key of the entry with this name; null if there is no such entry. */
  keyOfDn(connection: LdapConnection, dn: string): Promise<string | null>;
  /** With `readsLog`, contact data is dated by the server's log of changes, if it has one; that may take long. */
  prepareReader(
    connection: LdapConnection,
    signal: AbortSignal,
    options?: { readonly readsLog?: boolean },
  ): Promise<AccountReader>;
  /** Entries with all attributes of an account, narrowed by another filter. */
  pages(
    connection: LdapConnection,
    signal: AbortSignal,
    filter?: string,
  ): AsyncIterable<readonly LdapEntry[]>;
  /** Entries with all attributes of an account, of lists of at most 1,000 keys. */
  pagesOfKeys(
    connection: LdapConnection,
    signal: AbortSignal,
    lists: AsyncIterable<readonly string[]>,
  ): AsyncIterable<readonly LdapEntry[]>;
  /** Entries with only their key, their user name and the time of their last change. Throws `right-missing` if no entry shows its key. */
  keyPages(connection: LdapConnection, signal: AbortSignal): AsyncIterable<readonly LdapEntry[]>;
}

interface Context {
  readonly settings: LdapSettings;
  readonly flavour: LdapFlavour;
  readonly root: RootReader;
  readonly policies: PolicyReader;
  readonly now: () => number;
}

const keyOf = (entry: LdapEntry, flavour: LdapFlavour): string | null => {
  const value = entry.text(flavour.keyAttribute);
  const key = value === null ? '' : flavour.toKey(value);
  return isGuid(key) ? key : null;
};

/** The account of an entry; null if it has no key. `managerKey` returns the key for a manager's name. */
function accountOf(
  entry: LdapEntry,
  { settings, flavour, now }: Context,
  {
    policy,
    isPrivileged,
    managerKey,
    log = null,
  }: {
    readonly policy: LdapPolicy | null;
    readonly isPrivileged: boolean;
    readonly managerKey: (dn: string) => string | null;
    readonly log?: ChangeLog | null;
  },
): ExternalAccount | null {
  const key = keyOf(entry, flavour);
  if (key === null) return null;
  const { managerText, ...texts } = describeEntry(entry, settings.attributes);
  const modifiedAt = generalizedTime(entry.text('modifyTimestamp'));
  const createdAt = generalizedTime(entry.text('createTimestamp'));
  // LDAP tells no time for single attributes. That of the entry is later: any change moves it.
  const changedAt =
    modifiedAt === null ? null : (log?.contactSetAt(key, { modifiedAt, createdAt }) ?? modifiedAt);
  return {
    key,
    ...texts,
    manager: managerText === null ? null : (managerKey(managerText) ?? managerText),
    isPrivileged,
    lockedAt: null,
    signsInElsewhere: false,
    ...flavour.state(entry, policy, now()),
    createdAt,
    contactSetAt: { email: changedAt, phone: changedAt },
  };
}

async function keyOfDn(connection: LdapConnection, dn: string, flavour: LdapFlavour): Promise<string | null> {
  try {
    const [entry] = await connection.search({
      base: dn,
      scope: 'base',
      filter: '(objectClass=*)',
      attributes: [flavour.keyAttribute],
    });
    return entry === undefined ? null : keyOf(entry, flavour);
  } catch (thrown) {
    // The attribute may contain something other than a distinguished name.
    if (thrown instanceof LdapResult) return null;
    throw thrown;
  }
}

async function prepareReader(
  connection: LdapConnection,
  signal: AbortSignal,
  context: Context,
  { readsLog = false }: { readonly readsLog?: boolean } = {},
): Promise<AccountReader> {
  const { settings, flavour, root, policies, now } = context;
  const { scope, privilegedGroups, attributes } = settings;
  const server = await root.of(connection);
  const { contextDn } = server;
  const log =
    readsLog && flavour.hasAccessLog
      ? await readAccessLog(connection, server, { toKey: flavour.toKey, now: now(), signal })
      : null;
  const isInScopeGroup: IsMember =
    scope.groups.length === 0 ? () => true : await readMembers(connection, contextDn, scope.groups, signal);
  const isPrivileged = await readMembers(connection, contextDn, privilegedGroups, signal);
  const policy = await policies.of(connection, null);
  const managers = new Map<string, string>();
  const userNameOf = (entry: LdapEntry) => entry.text(attributes.userName) ?? '';
  return {
    hasKey: (entry) => keyOf(entry, flavour) !== null,
    keyIfInScope: (entry) => (isInScopeGroup(entry.dn, userNameOf(entry)) ? keyOf(entry, flavour) : null),
    accountOf: (entry) =>
      isInScopeGroup(entry.dn, userNameOf(entry))
        ? accountOf(entry, context, {
            policy,
            isPrivileged: isPrivileged(entry.dn, userNameOf(entry)),
            managerKey: (dn) => managers.get(sameDn(dn)) ?? null,
            log,
          })
        : null,
    learn: (page) => {
      for (const entry of page) {
        const key = keyOf(entry, flavour);
        if (key !== null) managers.set(sameDn(entry.dn), key);
      }
    },
  };
}

export function createLdapAccounts(context: Context): LdapAccounts {
  const { settings, flavour, root, policies, now } = context;
  const { baseDn, scope, attributes, privilegedGroups } = settings;
  const filter = allOf(flavour.accountFilter, inParentheses(scope.filter));
  const accountAttributes = attributesToRead(
    [flavour.keyAttribute, 'createTimestamp', 'modifyTimestamp', ...flavour.operational],
    attributes,
  );

  async function* pages(
    connection: LdapConnection,
    signal: AbortSignal,
    wanted: readonly string[],
    more: string,
  ): AsyncGenerator<readonly LdapEntry[]> {
    const search = { filter: allOf(filter, more), attributes: wanted };
    for await (const page of pagesInScope(connection, settings, search, signal))
      yield page.filter((entry) => isInScope(entry.dn, baseDn, scope));
  }

  async function isMember(connection: LdapConnection, entry: LdapEntry, groups: readonly string[]) {
    const { contextDn } = await root.of(connection);
    const userName = entry.text(attributes.userName) ?? '';
    return isMemberOf(connection, contextDn, groups, { dn: entry.dn, userName });
  }

  /** The entry with the attributes that its policy compares and that were not requested, because the policy was not known. */
  async function withCompared(
    connection: LdapConnection,
    entry: LdapEntry,
    policy: LdapPolicy | null,
  ): Promise<LdapEntry> {
    const missing = (policy?.refusedTexts?.attributes ?? []).filter(
      (name) => !flavour.comparedAttributes.includes(name) && entry.text(name) === null,
    );
    if (missing.length === 0) return entry;
    const [compared] = await connection.search({
      base: entry.dn,
      scope: 'base',
      filter: '(objectClass=*)',
      attributes: missing,
    });
    return compared === undefined
      ? entry
      : { ...entry, texts: (name) => (missing.includes(name) ? compared : entry).texts(name) };
  }

  return {
    async find(connection, key) {
      const gone = new DirectoryFault('account-gone', { server: connection.server });
      if (!isGuid(key)) throw gone;
      const [found] = await connection.search({
        base: baseDn,
        scope: 'sub',
        filter: allOf(`(${flavour.keyAttribute}=${filterText(flavour.fromKey(key))})`, filter),
        attributes: [...new Set([...accountAttributes, ...flavour.comparedAttributes])],
      });
      if (found === undefined || !isInScope(found.dn, baseDn, scope)) throw gone;
      if (scope.groups.length > 0 && !(await isMember(connection, found, scope.groups))) throw gone;
      const policy = await policies.of(connection, found);
      const entry = await withCompared(connection, found, policy);
      const account = accountOf(entry, context, { policy, isPrivileged: false, managerKey: () => null });
      if (account === null) throw gone;
      return { entry, account, policy };
    },
    async describe(connection, { entry, account }) {
      const manager = attributes.manager === '' ? null : entry.text(attributes.manager);
      return {
        ...account,
        manager: manager === null ? null : ((await keyOfDn(connection, manager, flavour)) ?? manager),
        isPrivileged: await isMember(connection, entry, privilegedGroups),
      };
    },
    async stateOf(connection, { entry: { dn }, policy }) {
      const [entry] = await connection.search({
        base: dn,
        scope: 'base',
        filter: '(objectClass=*)',
        attributes: flavour.operational.length === 0 ? ['1.1'] : flavour.operational,
      });
      if (entry === undefined) throw new DirectoryFault('account-gone', { server: connection.server });
      return flavour.state(entry, policy, now());
    },
    async groupsOf(connection, { entry }, groups) {
      const held: string[] = [];
      for (const group of groups) if (await isMember(connection, entry, [group])) held.push(group);
      return held;
    },
    async isOwnPassword(connection, { entry: { dn }, account: { passwordSetAt } }) {
      const [entry] = await connection.search({
        base: dn,
        scope: 'base',
        filter: '(objectClass=*)',
        attributes: ['modifiersName', 'modifyTimestamp'],
      });
      const by = entry?.text('modifiersName') ?? null;
      const at = generalizedTime(entry?.text('modifyTimestamp') ?? null);
      if (by === null || at === null || passwordSetAt === null) return null;
      if (!isChangeOfPassword(passwordSetAt, at)) return null;
      return sameDn(by) === sameDn(settings.serviceAccount);
    },
    keyOfDn: (connection, dn) => keyOfDn(connection, dn, flavour),
    prepareReader: (connection, signal, options) => prepareReader(connection, signal, context, options),
    pages: (connection, signal, more = '') => pages(connection, signal, accountAttributes, more),
    async *pagesOfKeys(connection, signal, lists) {
      for await (const keys of lists) {
        const wanted = keys.map((key) => `(${flavour.keyAttribute}=${filterText(flavour.fromKey(key))})`);
        yield* pages(connection, signal, accountAttributes, anyOf(wanted));
      }
    },
    async *keyPages(connection, signal) {
      let [hasEntry, hasKey] = [false, false];
      const wanted = [flavour.keyAttribute, attributes.userName, 'modifyTimestamp'];
      for await (const page of pages(connection, signal, wanted, '')) {
        hasEntry ||= page.length > 0;
        hasKey ||= page.some((entry) => keyOf(entry, flavour) !== null);
        yield page;
      }
      if (hasEntry && !hasKey)
        throw new DirectoryFault('right-missing', { server: connection.server, detail: 'read-key' });
    },
  };
}
