import type { ActiveDirectorySettings } from '../../../shared/api/directory-settings.ts';
import { DirectoryFault } from '../external/directory-fault.ts';
import type { ExternalAccount } from '../external/external-directory.ts';
import { attributesToRead } from '../ldap/described-entry.ts';
import type { LdapConnection } from '../ldap/ldap-connection.ts';
import { guidBytes, type LdapEntry } from '../ldap/ldap-entry.ts';
import { allOf, inParentheses, isInScope, pagesInScope } from '../ldap/ldap-scope.ts';
import { accountOfEntry, stateAttributes, userFilter, type AccountReader } from './account-of-entry.ts';
import { readServer, type ControllerEntry } from './controller-entry.ts';
import { extendedNames, policyHintsId } from './controls.ts';
import { extendedName } from './extended-names.ts';
import { readNestedGroups } from './groups.ts';
import { readAccountPolicy, readDomainPolicy } from './password-policy.ts';
import { withAllValues } from './ranges.ts';
import { lastWrite, metadataAttributes } from './replication-metadata.ts';

export interface FoundAccount {
  readonly entry: LdapEntry;
  readonly dn: string;
  readonly domainDn: string;
  readonly account: ExternalAccount;
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
   * The account with the facts that only a read of a single account can afford: the end of a lock by the account's own policy, and the controller
   * that locked it.
   */
  withLock(connection: LdapConnection, found: FoundAccount): Promise<ExternalAccount>;
  /** Entries with all attributes of an account, or with `only` these. */
  pages(
    connection: LdapConnection,
    reader: AccountReader,
    signal: AbortSignal,
    only?: readonly string[],
  ): AsyncIterable<readonly LdapEntry[]>;
}

async function prepareReader(
  connection: LdapConnection,
  domainDn: string,
  { baseDn, scope, privilegedGroups, attributes }: ActiveDirectorySettings,
  { lockout, now }: { readonly lockout: boolean; readonly now: () => number },
): Promise<AccountReader> {
  const [scopeGroups, privileged, policy, names] = await Promise.all([
    readNestedGroups(connection, domainDn, scope.groups),
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
    filter: `${userFilter}${inParentheses(scope.filter)}${scopeGroups.filter}`,
    controls: [names],
  };
}

export function createDomainAccounts(settings: ActiveDirectorySettings, now: () => number): DomainAccounts {
  const attributes = attributesToRead(stateAttributes, settings.attributes);
  const domains = new WeakMap<LdapConnection, string>();
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
      const reader = await prepareReader(connection, domainDn, settings, { lockout: false, now });
      const [found] = await connection.search({
        base: settings.baseDn,
        scope: 'sub',
        filter: allOf(reader.filter),
        bytes: { attribute: 'objectGUID', value: bytes },
        attributes: [...attributes, ...metadataAttributes],
        binary: ['objectGUID', 'replPropertyMetaData'],
        controls: reader.controls,
      });
      const entry = found === undefined ? undefined : await withAllValues(connection, found);
      const account = entry === undefined ? null : reader.accountOf(entry);
      if (entry === undefined || account === null) throw gone;
      return { entry, dn: extendedName(entry.dn).dn, domainDn, account };
    },
    async withLock(connection, { entry, dn, domainDn, account }) {
      if (account.lockedSince === null) return account;
      const { lockoutMs } = await readAccountPolicy(connection, domainDn, dn);
      return {
        ...account,
        lockedUntil: typeof lockoutMs === 'number' && lockoutMs > 0 ? account.lockedSince + lockoutMs : null,
        lockedAt: await controllerThatLocked(connection, entry),
      };
    },
    pages: (connection, { filter, controls }, signal, only = attributes) =>
      pagesInScope(
        connection,
        settings,
        { filter: allOf(filter), attributes: only, binary: ['objectGUID'], controls },
        signal,
      ),
  };
}
