import type { ActiveDirectorySettings } from '../../../shared/api/directory-settings.ts';
import type { Secret } from '../../../shared/secret/secret.ts';
import { DirectoryFault, nullIfGone } from '../external/directory-fault.ts';
import type {
  ExternalCapabilities,
  ExternalDirectory,
  DirectoryWrites,
} from '../external/external-directory.ts';
import { stateOfTemporary, unknownPassword } from '../external/unknown-password.ts';
import { bindAsUnknownName } from '../ldap/bind-as-unknown-name.ts';
import { assertBaseReadable, checkServers } from '../ldap/ldap-check.ts';
import { change, defaultTimeouts, type LdapConnection } from '../ldap/ldap-connection.ts';
import { LdapResult } from '../ldap/ldap-requests.ts';
import { guidText, type LdapEntry } from '../ldap/ldap-entry.ts';
import { isInScope } from '../ldap/ldap-scope.ts';
import { createPreparedWrites } from '../ldap/prepared-writes.ts';
import {
  afterWrite,
  createLdapServers,
  type LdapCollaborators,
  type LdapServers,
} from '../ldap/ldap-servers.ts';
import { accountDisabled } from './account-of-entry.ts';
import { readChanges } from './changes.ts';
import { createControllers, type ResolveService } from './controllers.ts';
import { serviceAccountFault, verifyOutcomeOf } from './diagnostic-codes.ts';
import { extendedName } from './extended-names.ts';
import { createDomainAccounts, type DomainAccounts, type FoundAccount } from './find-accounts.ts';
import { readNestedGroups } from './groups.ts';
import { withAllValues } from './ranges.ts';
import { readRights } from './rights.ts';
import { changePassword, setPassword, writeEntry } from './write-passwords.ts';

/** The parts of one domain that its reads, writes and connection check use. */
interface Parts {
  readonly settings: ActiveDirectorySettings;
  readonly accounts: DomainAccounts;
  readonly servers: LdapServers;
  readonly now: () => number;
}

async function signIn(connection: LdapConnection, name: string, password: Secret): Promise<void> {
  try {
    await connection.bind(name, password);
  } catch (thrown) {
    throw thrown instanceof LdapResult ? serviceAccountFault(thrown, connection.server) : thrown;
  }
}

const capabilitiesOf = ({ settings, accounts }: Parts): ExternalCapabilities => ({
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
  writeContact: 'not-configured',
  accessPass: 'not-in-this-kind',
  signInMethods: 'not-in-this-kind',
});

type Reads = Pick<
  ExternalDirectory,
  | 'read'
  | 'groupsOf'
  | 'lockoutOf'
  | 'passwordTrace'
  | 'verifyPassword'
  | 'verifyUnknownName'
  | 'readAll'
  | 'readKeys'
>;

function createReads({ settings, accounts, servers, now }: Parts): Reads {
  const keyOf = (entry: LdapEntry): string | null => {
    const guid = entry.bytes('objectGUID');
    const isWanted = isInScope(extendedName(entry.dn).dn, settings.baseDn, settings.scope);
    return guid !== null && isWanted ? guidText(guid) : null;
  };
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
    async *readAll(signal) {
      yield* servers.stream(async function* (connection) {
        const { domainDn } = await accounts.controller(connection);
        const reader = await accounts.prepareReader(connection, domainDn);
        for await (const page of accounts.pages(connection, reader, signal)) {
          const entries: LdapEntry[] = [];
          for (const entry of page) entries.push(await withAllValues(connection, entry));
          yield entries.flatMap((entry) => reader.accountOf(entry) ?? []);
        }
      });
    },
    async *readKeys(signal) {
      yield* servers.stream(async function* (connection) {
        const { domainDn } = await accounts.controller(connection);
        const reader = await accounts.prepareReader(connection, domainDn);
        for await (const page of accounts.pages(connection, reader, signal, ['objectGUID']))
          yield page.flatMap((entry) => keyOf(entry) ?? []);
      });
    },
  };
}

function createWrites({ settings, accounts, servers, now }: Parts): DirectoryWrites {
  /** Sets a password. Answers when, by the same controller. */
  const set = async (
    connection: LdapConnection,
    found: FoundAccount,
    password: Secret,
    { mustChange }: { readonly mustChange: boolean },
  ) => {
    const { hasPolicyHints } = accounts;
    const policy = () => accounts.policyOf(connection, found);
    await setPassword(connection, found, password, { mustChange, hasPolicyHints, policy, now });
    return {
      passwordSetAt: await afterWrite(() => accounts.passwordSetAt(connection, found.dn)),
    };
  };
  const prepared = createPreparedWrites(
    servers,
    async (connection, key) => {
      const found = await accounts.find(connection, key);
      return { ...found, policy: await accounts.policyOf(connection, found) };
    },
    now,
  );
  const unlock = (connection: LdapConnection, { dn }: FoundAccount) =>
    writeEntry(connection, dn, [change('replace', 'lockoutTime', ['0'])], { right: () => 'unlock' });
  const endSessions = () => Promise.reject(new DirectoryFault('not-possible', { detail: 'end-sessions' }));
  return {
    prepareReset: async (key) => {
      const reset = await prepared.read(key);
      return {
        account: reset.found.account,
        server: reset.server,
        policy: reset.found.policy,
        setTemporaryPassword: (password) =>
          prepared.write(reset, (connection, found) =>
            set(connection, found, password, { mustChange: true }),
          ),
        unlock: () => prepared.write(reset, unlock),
        endSessions,
      };
    },
    setOwnPassword: (key, password) =>
      servers.run(async (connection) =>
        set(connection, await accounts.find(connection, key), password, { mustChange: false }),
      ),
    changePassword: (key, current, next) =>
      servers.run(async (connection) => {
        const found = await accounts.find(connection, key);
        const policy = () => accounts.policyOf(connection, found);
        await changePassword(connection, found, current, next, { policy, now });
      }),
    replaceByUnknown: (key, setAt) =>
      servers.run(async (connection) => {
        const found = await accounts.find(connection, key);
        const state = stateOfTemporary(found.account, setAt, { tellsDemand: true });
        if (state !== 'still') return state;
        await set(connection, found, unknownPassword(), { mustChange: true });
        return 'replaced';
      }),
    unlock: (key) =>
      servers.run(async (connection) => unlock(connection, await accounts.find(connection, key))),
    setEnabled: (key, enabled) =>
      servers.run(async (connection) => {
        if (!settings.canEnable) throw new DirectoryFault('not-possible', { detail: 'enable' });
        const { dn, entry } = await accounts.find(connection, key);
        const control = entry.number('userAccountControl') ?? 0;
        const next = enabled ? control & ~accountDisabled : control | accountDisabled;
        if (next === control) return;
        // Naming the former value keeps a bit that another administrator has changed meanwhile.
        await writeEntry(
          connection,
          dn,
          [
            change('delete', 'userAccountControl', [String(control)]),
            change('add', 'userAccountControl', [String(next)]),
          ],
          { right: () => 'enable' },
        );
      }),
    endSessions,
  };
}

const check = ({ settings, accounts, servers, now }: Parts, timeoutMs: number) =>
  checkServers(servers, {
    encryption: settings.encryption,
    now,
    timeoutMs,
    readBase: async (connection) => {
      const { clock } = await accounts.controller(connection);
      await assertBaseReadable(connection, settings.baseDn);
      return clock;
    },
    readRights: async (connection) => {
      const { domainDn } = await accounts.controller(connection);
      const reader = await accounts.prepareReader(connection, domainDn);
      const { signal } = new AbortController();
      for await (const page of accounts.pages(connection, reader, signal))
        for (const entry of page) {
          const sample = reader.accountOf(entry);
          // What Active Directory protects is outside of the delegation by design.
          if (sample === null || sample.isPrivileged) continue;
          return { ...(await readRights(connection, extendedName(entry.dn).dn, settings)), sample };
        }
      return { missing: ['read-accounts'], unknown: [], sample: null };
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
  const parts: Parts = { settings, accounts, servers, now };
  return {
    kind: 'active-directory',
    get capabilities() {
      return capabilitiesOf(parts);
    },
    check: () => check(parts, timeouts.connectMs),
    ...createReads(parts),
    ...createWrites(parts),
    changesSince: (cursor, signal) =>
      servers.runApart(async (connection) => {
        const at = await accounts.controller(connection);
        return readChanges(connection, cursor, {
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
