import type { ActiveDirectorySettings } from '../../../shared/api/directory-settings.ts';
import type { Secret } from '../../../shared/secret/secret.ts';
import { nullIfGone, type DirectoryRight } from '../external/directory-fault.ts';
import { unreadKeys, type InterruptedRead } from '../external/read-pages.ts';
import type {
  ExternalAccount,
  ExternalCapabilities,
  ExternalDirectory,
} from '../external/external-directory.ts';
import { bindAsUnknownName } from '../ldap/bind-as-unknown-name.ts';
import { assertBaseReadable, checkServers, unknownNamesOf } from '../ldap/ldap-check.ts';
import { defaultTimeouts, type LdapConnection } from '../ldap/ldap-connection.ts';
import { LdapResult } from '../ldap/ldap-requests.ts';
import { guidText, type LdapEntry } from '../ldap/ldap-entry.ts';
import { isInScope } from '../ldap/ldap-scope.ts';
import { paced } from '../ldap/paced-connection.ts';
import type { LdapReads } from '../ldap/ldap-reads.ts';
import { createLdapServers, type LdapCollaborators } from '../ldap/ldap-servers.ts';
import type { AccountReader } from './account-of-entry.ts';
import { readChanges } from './changes.ts';
import { createControllers, type ResolveService } from './controllers.ts';
import { serviceAccountFault, verifyOutcomeOf } from './diagnostic-codes.ts';
import { extendedName } from './extended-names.ts';
import { createDomainWrites, type DomainParts } from './domain-writes.ts';
import { createDomainAccounts } from './find-accounts.ts';
import { readNestedGroups } from './groups.ts';
import { withAllValues } from './ranges.ts';
import { delegatedRights, readRights } from './rights.ts';

async function signIn(connection: LdapConnection, name: string, password: Secret): Promise<void> {
  try {
    await connection.bind(name, password);
  } catch (thrown) {
    throw thrown instanceof LdapResult ? serviceAccountFault(thrown, connection.server) : thrown;
  }
}

const capabilitiesOf = ({ settings, accounts }: DomainParts): ExternalCapabilities => ({
  temporaryPassword: true,
  forceChange: true,
  unlock: true,
  lockState: true,
  endSessions: 'not-in-this-kind',
  enable: settings.canEnable ? true : 'not-configured',
  ownChange: true,
  verifyPassword: true,
  historyOnResets: accounts.hasPolicyHints ? true : 'resets-skip-history',
  readPolicy: true,
  keepOldPassword: 'not-in-this-kind',
  temporaryExpires: 'not-in-this-kind',
  writeContact: 'not-by-reset-desk',
  accessPass: 'not-in-this-kind',
  signInMethods: 'not-in-this-kind',
});

function createReads({ settings, accounts, servers, now }: DomainParts): LdapReads {
  const keyOf = (entry: LdapEntry): string | null => {
    const guid = entry.bytes('objectGUID');
    const isWanted = isInScope(extendedName(entry.dn).dn, settings.baseDn, settings.scope);
    return guid !== null && isWanted ? guidText(guid) : null;
  };
  async function* keyPages(connection: LdapConnection, reader: AccountReader, signal: AbortSignal) {
    for await (const page of accounts.pages(connection, reader, signal, ['objectGUID']))
      yield page.flatMap((entry) => keyOf(entry) ?? []);
  }
  /** After an interrupted read, the entries that it has not read, found by their keys. */
  async function* entryPages(
    connection: LdapConnection,
    reader: AccountReader,
    signal: AbortSignal,
    after: InterruptedRead | undefined,
  ) {
    if (after === undefined) yield* accounts.pages(connection, reader, signal);
    else
      for await (const keys of unreadKeys(keyPages(connection, reader, signal), after))
        yield accounts.ofKeys(connection, reader, keys);
  }
  return {
    read: (key) =>
      nullIfGone(
        servers.run(async (connection) =>
          accounts.describe(connection, await accounts.find(connection, key)),
        ),
      ),
    groupsOf: (key, groups) =>
      servers.run(async (connection) => {
        const { entry, domainDn } = await accounts.find(connection, key);
        const held: string[] = [];
        for (const group of groups)
          if ((await readNestedGroups(connection, domainDn, [group])).holds(entry)) held.push(group);
        return held;
      }),
    lockoutOf: (key) =>
      servers.run(async (connection) => accounts.lockoutOf(connection, await accounts.find(connection, key))),
    passwordTrace: (key) =>
      servers.run(async (connection) => {
        const { passwordSetAt, mustChange } = (await accounts.find(connection, key)).account;
        const { clock } = await accounts.controller(connection);
        const clockAhead = clock === null ? null : clock - now();
        return { server: connection.server, passwordSetAt, mustChange, isOwn: null, clockAhead };
      }),
    verifyPassword: (key, password) =>
      servers.run(async (connection) => {
        const { dn } = await accounts.find(connection, key);
        return servers.unsigned(connection, async (other) => {
          try {
            await other.bind(dn, password);
            return 'right';
          } catch (thrown) {
            if (thrown instanceof LdapResult && thrown.code === 49) return verifyOutcomeOf(thrown);
            throw thrown;
          }
        });
      }),
    verifyUnknownName: (likeKey, password) =>
      servers.run(async (connection) => {
        await accounts.find(connection, likeKey);
        await servers.unsigned(connection, (other) => bindAsUnknownName(other, settings.baseDn, password));
      }),
    async *readAll(signal, after) {
      yield* servers.stream(async function* (connection) {
        const { domainDn } = await accounts.controller(connection);
        const reader = await accounts.prepareReader(connection, domainDn);
        for await (const page of entryPages(connection, reader, signal, after)) {
          const entries: LdapEntry[] = [];
          for (const entry of page) entries.push(await withAllValues(connection, entry));
          yield { accounts: entries.flatMap((entry) => reader.accountOf(entry) ?? []), position: null };
        }
      });
    },
    async *readKeys(signal) {
      yield* servers.stream(async function* (connection) {
        const { domainDn } = await accounts.controller(connection);
        const reader = await accounts.prepareReader(connection, domainDn);
        yield* keyPages(connection, reader, signal);
      });
    },
  };
}

const check = ({ settings, accounts, servers, now }: DomainParts, timeoutMs: number) =>
  checkServers(servers, {
    encryption: settings.encryption,
    now,
    timeoutMs,
    readBase: async (connection) => {
      const { clock } = await accounts.controller(connection);
      await assertBaseReadable(connection, settings);
      return clock;
    },
    readRights: async (connection) => {
      const { domainDn } = await accounts.controller(connection);
      const reader = await accounts.prepareReader(connection, domainDn);
      const { signal } = new AbortController();
      const sampleOf = async (account: ExternalAccount) => {
        const policy = await accounts.policyOf(connection, await accounts.find(connection, account.key));
        return { account, policy, contactTimes: 'attribute' as const };
      };
      const unknownNames = await unknownNamesOf(connection, settings);
      let missing: DirectoryRight = 'read-accounts';
      let privileged: ExternalAccount | null = null;
      for await (const page of accounts.pages(connection, reader, signal))
        for (const entry of page) {
          const account = reader.accountOf(entry);
          if (account === null) continue;
          if (account.userName === '') missing = 'read-user-name';
          // What Active Directory protects is outside of the delegation by design.
          else if (account.isPrivileged) privileged ??= account;
          else {
            const { dn } = extendedName(entry.dn);
            const rights = await readRights(connection, dn, settings);
            return { ...rights, unknownNames, sample: await sampleOf(account) };
          }
        }
      if (privileged !== null)
        return {
          missing: [],
          unknown: delegatedRights(settings),
          unknownNames,
          sample: await sampleOf(privileged),
        };
      return { missing: [missing], unknown: [], unknownNames, sample: null };
    },
  });

/** The adapter for Active Directory (Windows Server and Samba), by LDAP with TLS. */
export function createActiveDirectory(
  settings: ActiveDirectorySettings,
  servicePassword: Secret,
  {
    resolveService,
    ...collaborators
  }: LdapCollaborators & {
    /** Looks up SRV records; DNS by default. */
    readonly resolveService?: ResolveService;
  },
): ExternalDirectory {
  const { now, timeouts = defaultTimeouts } = collaborators;
  const accounts = createDomainAccounts(settings, now);
  const servers = createLdapServers(
    { ...settings, list: createControllers(settings, now, resolveService) },
    servicePassword,
    { ...collaborators, signIn },
  );
  const parts: DomainParts = { settings, accounts, servers, now };
  return {
    kind: 'active-directory',
    get capabilities() {
      return capabilitiesOf(parts);
    },
    check: () => check(parts, timeouts.connectMs),
    ...createReads(parts),
    ...createDomainWrites(parts),
    changesSince: (cursor, signal) =>
      servers.runApart(async (connection) => {
        const at = await accounts.controller(connection);
        return readChanges(paced(connection), cursor, {
          at,
          reader: await accounts.prepareReader(connection, at.domainDn),
          attributes: accounts.attributes,
          groups: [...settings.scope.groups, ...settings.privilegedGroups],
          signal,
        });
      }),
    close: async () => {
      servers.close();
    },
  };
}
