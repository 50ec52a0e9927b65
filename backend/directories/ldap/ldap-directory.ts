import type { LdapSettings } from '../../../shared/api/directory-settings.ts';
import type { Secret } from '../../../shared/secret/secret.ts';
import { DirectoryFault, nullIfGone } from '../external/directory-fault.ts';
import type { ExternalDirectory, DirectoryWrites } from '../external/external-directory.ts';
import { unreadKeys } from '../external/read-pages.ts';
import { stateOfTemporary, unknownPassword } from '../external/unknown-password.ts';
import { checkLdap } from './check-ldap-directory.ts';
import { capabilitiesOf, type LdapParts } from './ldap-capabilities.ts';
import { createLdapAccounts, type FoundAccount } from './ldap-accounts.ts';
import { createLdapChanges } from './ldap-changes.ts';
import { defaultTimeouts, type LdapConnection } from './ldap-connection.ts';
import { bindAsUnknownName } from './bind-as-unknown-name.ts';
import { LdapResult } from './ldap-requests.ts';
import { flavours } from './ldap-flavours.ts';
import { bindAs, createLdapPasswords } from './ldap-passwords.ts';
import { createPolicyReader, effectivePolicyOf } from './ldap-policy.ts';
import { paced } from './paced-connection.ts';
import { createPreparedWrites } from './prepared-writes.ts';
import { createRootReader } from './ldap-root.ts';
import type { LdapReads } from './ldap-reads.ts';
import { createLdapServers, type LdapCollaborators } from './ldap-servers.ts';
import { writeEntry } from './ldap-writes.ts';
import { policyControl, serviceAccountFault, verifyOutcomeOf } from './password-policy-answer.ts';

/** Signs the service account in. Throws {@link DirectoryFault} if its password policy prevents that. */
async function signIn(connection: LdapConnection, name: string, password: Secret): Promise<void> {
  const control = await policyControl();
  try {
    await connection.bind(name, password, [control]);
  } catch (thrown) {
    throw thrown instanceof LdapResult
      ? serviceAccountFault(thrown, control.value?.error, connection.server)
      : thrown;
  }
  // After a reset, a server allows an account only to change its password.
  if (verifyOutcomeOf(null, control.value?.error) === 'must-change')
    throw new DirectoryFault('service-account-wrong', { server: connection.server, detail: 'must-change' });
}

function createReads({ settings, accounts, servers }: LdapParts): LdapReads {
  return {
    read: (key) =>
      nullIfGone(
        servers.run(async (connection) =>
          accounts.describe(connection, await accounts.find(connection, key)),
        ),
      ),
    groupsOf: (key, groups) =>
      servers.run(async (connection) =>
        accounts.groupsOf(connection, await accounts.find(connection, key), groups),
      ),
    lockoutOf: (key) =>
      servers.run(async (connection) => {
        const { policy } = await accounts.find(connection, key);
        return { threshold: policy?.lockoutThreshold ?? null, window: policy?.lockoutWindow ?? null };
      }),
    passwordTrace: (key) =>
      servers.run(async (connection) => {
        const found = await accounts.find(connection, key);
        const { passwordSetAt, mustChange } = found.account;
        const isOwn = await accounts.isOwnPassword(connection, found);
        return { server: connection.server, passwordSetAt, mustChange, isOwn, clockAhead: null };
      }),
    verifyPassword: (key, password) =>
      servers.run(async (connection) => {
        const { entry, account } = await accounts.find(connection, key);
        return servers.unsigned(connection, async (other) => {
          const outcome = await bindAs(other, entry.dn, password);
          if (outcome !== 'wrong' && outcome !== 'locked') return outcome;
          // OpenLDAP reports disabled accounts as "locked", and locked ones as "wrong" unless it is configured otherwise.
          if (account.disabled) return 'disabled';
          return account.lockedSince === null ? outcome : 'locked';
        });
      }),
    verifyUnknownName: (likeKey, password) =>
      servers.run(async (connection) => {
        await accounts.find(connection, likeKey);
        await servers.unsigned(connection, (other) => bindAsUnknownName(other, settings.baseDn, password));
      }),
    async *readAll(signal, after) {
      yield* servers.stream(async function* (connection) {
        const reader = await accounts.prepareReader(connection, signal, { readsLog: true });
        const keys: string[] = [];
        // The managers' keys, and after an interrupted read those of all accounts.
        if (settings.attributes.manager !== '' || after !== undefined)
          for await (const page of accounts.keyPages(connection, signal)) {
            reader.learn(page);
            if (after !== undefined) keys.push(...page.flatMap((entry) => reader.keyIfInScope(entry) ?? []));
          }
        const pages =
          after === undefined
            ? accounts.pages(connection, signal)
            : accounts.pagesOfKeys(connection, signal, unreadKeys([keys], after));
        for await (const page of pages)
          yield { accounts: page.flatMap((entry) => reader.accountOf(entry) ?? []), position: null };
      });
    },
    async *readKeys(signal) {
      yield* servers.stream(async function* (connection) {
        const reader = await accounts.prepareReader(connection, signal);
        for await (const page of accounts.keyPages(connection, signal))
          yield page.flatMap((entry) => reader.keyIfInScope(entry) ?? []);
      });
    },
  };
}

function createWrites(parts: LdapParts): DirectoryWrites {
  const { settings, flavour, root, accounts, servers } = parts;
  const passwords = createLdapPasswords({ ...parts, preset: settings.preset });
  const { read, write } = createPreparedWrites(servers, accounts.find, parts.now);
  const unlock = async (connection: LdapConnection, { entry, account }: FoundAccount) => {
    if (flavour.unlock === null) throw new DirectoryFault('not-possible', { detail: 'unlock' });
    // OpenLDAP uses one attribute for "locked" and "disabled".
    if (account.disabled && account.lockedSince === null) return;
    await writeEntry(connection, entry.dn, flavour.unlock, 'unlock');
  };
  const endSessions = () => Promise.reject(new DirectoryFault('not-possible', { detail: 'end-sessions' }));
  return {
    prepareReset: async (key) => {
      const prepared = await read(key);
      const { account, policy, entry } = prepared.found;
      return {
        account,
        server: prepared.server,
        policy: effectivePolicyOf(policy, entry),
        setTemporaryPassword: (password) =>
          write(prepared, (connection, found) =>
            passwords.set(connection, found, password, { mustChange: true }),
          ),
        unlock: () => write(prepared, unlock),
        endSessions,
      };
    },
    setOwnPassword: (key, password) =>
      servers.run(async (connection) =>
        passwords.setOwn(connection, await accounts.find(connection, key), password),
      ),
    changePassword: (key, current, next) =>
      servers.run(async (connection) => {
        const { entry } = await accounts.find(connection, key);
        await passwords.changeAsUser(connection, entry.dn, current, next);
      }),
    replaceByUnknown: (key, setAt) =>
      servers.run(async (connection) => {
        const found = await accounts.find(connection, key);
        // The server says what it can do.
        await root.of(connection);
        const tellsDemand = capabilitiesOf(parts).forceChange === true;
        if (tellsDemand && !found.account.mustChange) return 'changed-since';
        const state = stateOfTemporary(found.account, setAt, { tellsDemand });
        if (state !== 'still') return state;
        const unknown = unknownPassword(effectivePolicyOf(found.policy, found.entry));
        await passwords.set(connection, found, unknown, { mustChange: true });
        return 'replaced';
      }),
    unlock: (key) =>
      servers.run(async (connection) => unlock(connection, await accounts.find(connection, key))),
    setEnabled: (key, enabled) =>
      servers.run(async (connection) => {
        if (flavour.setEnabled === null || !settings.canEnable)
          throw new DirectoryFault('not-possible', { detail: 'enable' });
        const { entry, account } = await accounts.find(connection, key);
        if (account.disabled === !enabled) return;
        await writeEntry(connection, entry.dn, flavour.setEnabled(enabled), 'enable');
      }),
    endSessions,
  };
}

/** The adapter for LDAP servers: OpenLDAP, 389 Directory Server, FreeIPA and others. */
export function createLdapDirectory(
  settings: LdapSettings,
  servicePassword: Secret,
  {
    compareKeysMs = 300_000,
    ...collaborators
  }: LdapCollaborators & {
    /** Milliseconds between two comparisons of all keys, which find deleted accounts, because LDAP does not report them. */
    readonly compareKeysMs?: number;
  },
): ExternalDirectory {
  const { now, timeouts = defaultTimeouts } = collaborators;
  const flavour = flavours[settings.preset];
  const root = createRootReader(settings.baseDn);
  const policies = createPolicyReader({ flavour, defaultPolicy: settings.defaultPolicy, now });
  const accounts = createLdapAccounts({ settings, flavour, root, policies, now });
  const servers = createLdapServers({ ...settings, list: async () => settings.servers }, servicePassword, {
    ...collaborators,
    signIn,
  });
  const parts: LdapParts = { settings, flavour, root, policies, accounts, servers, now };
  const changes = createLdapChanges({
    now,
    compareKeysMs,
    feedAttributes: flavour.feedAttributes,
    accounts,
    managerAttribute: settings.attributes.manager,
  });
  return {
    kind: 'ldap',
    get capabilities() {
      return capabilitiesOf(parts);
    },
    check: () => checkLdap(parts, timeouts.connectMs),
    ...createReads(parts),
    ...createWrites(parts),
    changesSince: (cursor, signal) =>
      servers.runApart((connection) =>
        // The first call is part of a read of all accounts.
        changes.since(cursor === null ? connection : paced(connection), cursor, signal),
      ),
    close: async () => {
      servers.close();
    },
  };
}
