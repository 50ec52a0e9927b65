import type { ActiveDirectorySettings } from '../../../shared/api/directory-settings.ts';
import { DirectoryFault } from '../external/directory-fault.ts';
import { withAbsent, type EffectivePolicy } from '../external/effective-policy.ts';
import type { AccountForWrite, ExternalAccount, LockoutRules } from '../external/external-directory.ts';
import { attributesToRead } from '../ldap/described-entry.ts';
import type { LdapConnection } from '../ldap/ldap-connection.ts';
import { guidBytes, type LdapEntry } from '../ldap/ldap-entry.ts';
import { allOf, inParentheses, isInScope, pagesInScope } from '../ldap/ldap-scope.ts';
import {
  accountOfEntry,
  binaryAttributes,
  passwordDate,
  stateAttributes,
  userFilter,
  type AccountReader,
} from './account-of-entry.ts';
import { readServer, type ControllerEntry } from './controller-entry.ts';
import { extendedNames, policyHintsId } from './controls.ts';
import { extendedName } from './extended-names.ts';
import { readNestedGroups } from './groups.ts';
import { createAccountPolicies, namesRefused, policyAttribute, readDomainPolicy } from './password-policy.ts';
import { withAllValues } from './ranges.ts';
import { lastWrite, metadataAttributes } from './replication-metadata.ts';

export interface FoundAccount {
  readonly entry: LdapEntry;
  readonly dn: string;
  readonly domainDn: string;
  readonly account: AccountForWrite;
}

/** Finds and reads the accounts within the scope of one domain. */
export interface DomainAccounts {
  /** All attributes of an account. */
  readonly attributes: readonly string[];
  /** The controller's current description of itself. */
  controller(connection: LdapConnection): Promise<ControllerEntry>;
  /** Whether the controllers can apply the password history to a password that an administrator sets; false before the first connection. */
  readonly hasPolicyHints: boolean;
  /** Without `lockout`, the end of a lock stays unknown. */
  prepareReader(
    connection: LdapConnection,
    domainDn: string,
    options?: { readonly lockout?: boolean },
  ): Promise<AccountReader>;
  /** The entry of a key; throws `account-gone`. */
  find(connection: LdapConnection, key: string): Promise<FoundAccount>;
  /**
   * The account with the facts that only a read of a single account can afford: whether it is privileged, the end of a lock by the account's own
   * policy, and the controller that locked it.
   */
  describe(connection: LdapConnection, found: FoundAccount): Promise<ExternalAccount>;
  /** The policy of the account, up to a minute old. */
  policyOf(connection: LdapConnection, found: FoundAccount): Promise<EffectivePolicy>;
  /** When the domain, or the account's own policy, locks the account; up to a minute old. */
  lockoutOf(connection: LdapConnection, found: FoundAccount): Promise<LockoutRules>;
  /** When the password was last set; null if the directory does not report it. */
  passwordSetAt(connection: LdapConnection, dn: string): Promise<number | null>;
  /** Entries with all attributes of an account, or with `only` these. */
  pages(
    connection: LdapConnection,
    reader: AccountReader,
    signal: AbortSignal,
    only?: readonly string[],
  ): AsyncIterable<readonly LdapEntry[]>;
  /** Those of at most 1,000 entries with these keys that the reader's filter lets pass, with all attributes of an account. */
  ofKeys(
    connection: LdapConnection,
    reader: AccountReader,
    keys: readonly string[],
  ): Promise<readonly LdapEntry[]>;
}

/** The groups of the settings that limit the scope, as a filter. */
const scopeFilter = async (
  connection: LdapConnection,
  domainDn: string,
  { scope }: ActiveDirectorySettings,
) =>
  `${userFilter}${inParentheses(scope.filter)}${(await readNestedGroups(connection, domainDn, scope.groups)).filter}`;

async function prepareReader(
  connection: LdapConnection,
  domainDn: string,
  settings: ActiveDirectorySettings,
  { lockout, now }: { readonly lockout: boolean; readonly now: () => number },
): Promise<AccountReader> {
  const { baseDn, scope, privilegedGroups, attributes } = settings;
  const [filter, privileged, policy, names] = await Promise.all([
    scopeFilter(connection, domainDn, settings),
    readNestedGroups(connection, domainDn, privilegedGroups),
    lockout ? readDomainPolicy(connection, domainDn) : null,
    extendedNames(),
  ]);
  return {
    accountOf: (entry) =>
      isInScope(extendedName(entry.dn).dn, baseDn, scope)
        ? accountOfEntry(entry, {
            attributes,
            lockoutMs: policy?.lockoutMs,
            isInPrivilegedGroup: privileged.holds,
            now: now(),
          })
        : null,
    filter,
    controls: [names],
  };
}

const extendedNameOf = (text: string | null): string | null => (text === null ? null : extendedName(text).dn);

export function createDomainAccounts(settings: ActiveDirectorySettings, now: () => number): DomainAccounts {
  const attributes = attributesToRead(stateAttributes, settings.attributes);
  const domains = new WeakMap<LdapConnection, string>();
  const policies = createAccountPolicies(now);
  let hasPolicyHints = false;

  const controller = async (connection: LdapConnection) => {
    const read = await readServer(connection);
    hasPolicyHints = read.controls.has(policyHintsId);
    return read;
  };
  /** The domain of a connection's controller, read once per connection. */
  const domainOf = async (connection: LdapConnection): Promise<string> => {
    const known = domains.get(connection);
    if (known !== undefined) return known;
    const { domainDn } = await controller(connection);
    domains.set(connection, domainDn);
    return domainDn;
  };
  const placeOf = (entry: LdapEntry, domainDn: string) => ({
    domainDn,
    settingsDn: extendedNameOf(entry.text(policyAttribute)),
  });
  const controllerThatLocked = async (connection: LdapConnection, entry: LdapEntry) => {
    const lock = lastWrite(entry, 'lockoutTime');
    if (lock === null) return null;
    return lock.controller ?? (await controller(connection)).controllerOf(lock.invocationId);
  };

  return {
    attributes,
    controller,
    get hasPolicyHints() {
      return hasPolicyHints;
    },
    prepareReader: (connection, domainDn, { lockout = true } = {}) =>
      prepareReader(connection, domainDn, settings, { lockout, now }),
    async find(connection, key) {
      const bytes = guidBytes(key);
      const gone = new DirectoryFault('account-gone', { server: connection.server });
      if (bytes === null) throw gone;
      const domainDn = await domainOf(connection);
      const [found] = await connection.search({
        base: settings.baseDn,
        scope: 'sub',
        filter: allOf(await scopeFilter(connection, domainDn, settings)),
        bytes: { attribute: 'objectGUID', values: [bytes] },
        attributes: [...new Set([...attributes, policyAttribute, ...metadataAttributes])],
        binary: binaryAttributes,
        controls: [await extendedNames()],
      });
      const entry = found === undefined ? undefined : await withAllValues(connection, found);
      if (entry === undefined) throw gone;
      const { dn } = extendedName(entry.dn);
      const account = accountOfEntry(entry, {
        attributes: settings.attributes,
        lockoutMs: undefined,
        isInPrivilegedGroup: () => false,
        now: now(),
      });
      if (account === null || !isInScope(dn, settings.baseDn, settings.scope)) throw gone;
      return { entry, dn, domainDn, account };
    },
    async describe(connection, { entry, domainDn }) {
      const reader = await prepareReader(connection, domainDn, settings, { lockout: false, now });
      const account = reader.accountOf(entry);
      if (account === null) throw new DirectoryFault('account-gone', { server: connection.server });
      if (account.lockedSince === null) return account;
      const { lockoutMs } = await policies(connection, placeOf(entry, domainDn));
      return {
        ...account,
        lockedUntil: typeof lockoutMs === 'number' && lockoutMs > 0 ? account.lockedSince + lockoutMs : null,
        lockedAt: await controllerThatLocked(connection, entry),
      };
    },
    async policyOf(connection, { entry, domainDn }) {
      const { rules } = await policies(connection, placeOf(entry, domainDn));
      return rules.complexity === false
        ? rules
        : withAbsent(rules, namesRefused(entry.text('sAMAccountName'), entry.text('displayName')));
    },
    lockoutOf: async (connection, { entry, domainDn }) =>
      (await policies(connection, placeOf(entry, domainDn))).lockout,
    async passwordSetAt(connection, dn) {
      const [entry] = await connection.search({
        base: dn,
        scope: 'base',
        filter: '(objectClass=*)',
        attributes: ['pwdLastSet', ...metadataAttributes],
        binary: binaryAttributes,
      });
      return entry === undefined ? null : passwordDate(entry);
    },
    ofKeys: (connection, { filter, controls }, keys) =>
      connection.search({
        base: settings.baseDn,
        scope: 'sub',
        filter: allOf(filter),
        bytes: { attribute: 'objectGUID', values: keys.flatMap((key) => guidBytes(key) ?? []) },
        attributes,
        binary: binaryAttributes,
        controls,
      }),
    pages: (connection, { filter, controls }, signal, only = attributes) =>
      pagesInScope(
        connection,
        settings,
        { filter: allOf(filter), attributes: only, binary: binaryAttributes, controls },
        signal,
      ),
  };
}
