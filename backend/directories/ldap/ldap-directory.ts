import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { LdapSettings } from '../../../shared/api/directory-settings.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import { DirectoryFault, type DirectoryRight } from '../external/directory-fault.ts';
import type {
  ExternalAccount,
  ExternalCapabilities,
  ExternalDirectory,
} from '../external/external-directory.ts';
import { checkServers } from './ldap-check.ts';
import {
  change,
  defaultTimeouts,
  ldapLibrary,
  LdapResult,
  type LdapChange,
  type LdapConnection,
} from './ldap-connection.ts';
import { filterText, isGuid, isWithin, sameDn, type LdapEntry } from './ldap-entry.ts';
import { flavours, type LdapPolicy } from './ldap-flavours.ts';
import { createLdapChanges } from './ldap-changes.ts';
import { isMemberOf, readMembers, type IsMember } from './ldap-groups.ts';
import { allOf, inParentheses, isInScope, searchBases } from './ldap-scope.ts';
import { afterWrite, createLdapServers, type LdapCollaborators } from './ldap-servers.ts';
import { policyControl, serviceAccountFault, verifyOutcomeOf, writeFault } from './password-policy-answer.ts';

/** Modify Password (RFC 3062). */
const modifyPasswordId = '1.3.6.1.4.1.4203.1.11.1';
const policyControlId = '1.3.6.1.4.1.42.2.27.8.5.1';

const maxSettleTries = 5;

const unknownOutcome = (server: string, thrown?: unknown): DirectoryFault =>
  new DirectoryFault('outcome-unknown', {
    server,
    serverCode: thrown instanceof DirectoryFault ? thrown.serverCode : null,
  });

/** What a server says about itself. */
interface RootEntry {
  /** Where groups are searched: the naming context above the base. */
  readonly contextDn: string;
  readonly controls: ReadonlySet<string>;
  readonly extensions: ReadonlySet<string>;
}

interface Found {
  readonly entry: LdapEntry;
  readonly account: ExternalAccount;
}

/** A password that is kept nowhere: 192 bits, with every kind of character that a policy may demand. */
const unknownPassword = (): Secret => new Secret(`aA1!${randomBytes(24).toString('base64url')}`);

/** The adapter for LDAP servers: OpenLDAP, 389 Directory Server, FreeIPA and others. */
export function createLdapDirectory(
  settings: LdapSettings,
  servicePassword: Secret,
  {
    compareKeysMs = 300_000,
    ...collaborators
  }: LdapCollaborators & {
    /** Milliseconds between two comparisons of all keys, which find accounts that are gone: LDAP does not name them. */
    readonly compareKeysMs?: number;
  },
): ExternalDirectory {
  const { now, timeouts = defaultTimeouts } = collaborators;
  const { baseDn, scope, attributes, privilegedGroups, encryption, canEnable, preset } = settings;
  const flavour = flavours[preset];
  let root: RootEntry | null = null;
  const servers = createLdapServers({ ...settings, list: async () => settings.servers }, servicePassword, {
    ...collaborators,
    signIn: async (connection, name, password) => {
      const control = await policyControl();
      try {
        await connection.bind(name, password, [control]);
      } catch (thrown) {
        throw thrown instanceof LdapResult
          ? serviceAccountFault(thrown, control.value?.error, connection.server)
          : thrown;
      }
      // After a reset a server lets an account do nothing but change its password.
      if (verifyOutcomeOf(null, control.value?.error) === 'must-change')
        throw new DirectoryFault('service-account-wrong', {
          server: connection.server,
          detail: 'must-change',
        });
    },
  });

  async function readRoot(connection: LdapConnection): Promise<RootEntry> {
    const [entry] = await connection.search({
      base: '',
      scope: 'base',
      filter: '(objectClass=*)',
      attributes: ['namingContexts', 'supportedControl', 'supportedExtension'],
    });
    root = {
      contextDn: entry?.texts('namingContexts').find((context) => isWithin(baseDn, context)) ?? baseDn,
      controls: new Set(entry?.texts('supportedControl')),
      extensions: new Set(entry?.texts('supportedExtension')),
    };
    return root;
  }
  const rootOf = async (connection: LdapConnection) => root ?? readRoot(connection);

  const accountAttributes = [
    flavour.keyAttribute,
    'modifyTimestamp',
    ...flavour.operational,
    ...Object.values(attributes).flat(),
  ].filter((name, at, all) => name !== '' && all.indexOf(name) === at);
  const filter = allOf(flavour.accountFilter, inParentheses(scope.filter));

  const keyOf = (entry: LdapEntry): string | null => {
    const value = entry.text(flavour.keyAttribute);
    const key = value === null ? '' : flavour.toKey(value);
    return isGuid(key) ? key : null;
  };

  /** The account of an entry; null where it has no key or user name. `manager` answers the key of a manager's name. */
  function accountOf(
    entry: LdapEntry,
    {
      policy,
      isPrivileged,
      managerKey,
    }: {
      readonly policy: LdapPolicy | null;
      readonly isPrivileged: boolean;
      readonly managerKey: (dn: string) => string | null;
    },
  ): ExternalAccount | null {
    const key = keyOf(entry);
    const userName = entry.text(attributes.userName);
    if (key === null || userName === null) return null;
    const text = (attribute: string) => (attribute === '' ? null : entry.text(attribute));
    const manager = text(attributes.manager);
    return {
      key,
      userName,
      displayName: text(attributes.displayName) ?? userName,
      email: text(attributes.email),
      phones: attributes.phones.flatMap((attribute) => entry.texts(attribute)),
      employeeNumber: text(attributes.employeeNumber),
      department: text(attributes.department),
      manager: manager === null ? null : (managerKey(manager) ?? manager),
      isPrivileged,
      lockedAt: null,
      signsInElsewhere: false,
      ...flavour.state(entry, policy, now()),
    };
  }

  /** The policy of an entry: the one that it names, else the default. Null where none is readable. */
  async function readPolicy(connection: LdapConnection, entry: LdapEntry | null): Promise<LdapPolicy | null> {
    const named = flavour.policyAttribute === null ? null : (entry?.text(flavour.policyAttribute) ?? null);
    const base = named ?? (settings.defaultPolicy === '' ? flavour.defaultPolicy : settings.defaultPolicy);
    if (base === null) return null;
    const found = await connection
      .search({ base, scope: 'base', filter: '(objectClass=*)', attributes: flavour.policyAttributes })
      .catch((thrown: unknown) => {
        if (thrown instanceof LdapResult) return [];
        throw thrown;
      });
    const [policy] = found;
    // A server answers entries without the attributes that may not be read.
    if (policy === undefined || flavour.policyAttributes.every((name) => policy.text(name) === null))
      return null;
    return flavour.policy(policy);
  }

  /** The entry of a key within the scope; throws `account-gone`. */
  async function find(connection: LdapConnection, key: string): Promise<Found> {
    const gone = new DirectoryFault('account-gone', { server: connection.server });
    if (!isGuid(key)) throw gone;
    const [entry] = await connection.search({
      base: baseDn,
      scope: 'sub',
      filter: allOf(`(${flavour.keyAttribute}=${filterText(flavour.fromKey(key))})`, filter),
      attributes: accountAttributes,
    });
    if (entry === undefined || !isInScope(entry.dn, baseDn, scope)) throw gone;
    const { contextDn } = await rootOf(connection);
    const member = { dn: entry.dn, userName: entry.text(attributes.userName) ?? '' };
    const isMember = (groups: readonly string[]) => isMemberOf(connection, contextDn, groups, member);
    if (scope.groups.length > 0 && !(await isMember(scope.groups))) throw gone;
    const managerDn = attributes.manager === '' ? null : entry.text(attributes.manager);
    const managerKey = managerDn === null ? null : await keyOfDn(connection, managerDn);
    const account = accountOf(entry, {
      policy: await readPolicy(connection, entry),
      isPrivileged: await isMember(privilegedGroups),
      managerKey: () => managerKey,
    });
    if (account === null) throw gone;
    return { entry, account };
  }

  async function keyOfDn(connection: LdapConnection, dn: string): Promise<string | null> {
    try {
      const [entry] = await connection.search({
        base: dn,
        scope: 'base',
        filter: '(objectClass=*)',
        attributes: [flavour.keyAttribute],
      });
      return entry === undefined ? null : keyOf(entry);
    } catch (thrown) {
      // The attribute may hold something else than a distinguished name.
      if (thrown instanceof LdapResult) return null;
      throw thrown;
    }
  }

  async function write(
    connection: LdapConnection,
    dn: string,
    changes: readonly LdapChange[],
    right: DirectoryRight,
  ): Promise<void> {
    const control = await policyControl();
    try {
      await connection.modify(dn, changes, [control]);
    } catch (thrown) {
      if (!(thrown instanceof LdapResult)) throw thrown;
      throw writeFault(thrown, control.value?.error, connection.server, right);
    }
  }

  /** Sets the password by Modify Password (RFC 3062), so that the server hashes it. */
  async function modifyPassword(
    connection: LdapConnection,
    {
      dn,
      current,
      next,
      right,
    }: {
      readonly dn: string;
      readonly current: Secret | null;
      readonly next: Secret;
      readonly right: DirectoryRight;
    },
  ): Promise<void> {
    const { BerWriter } = await ldapLibrary();
    const value = new BerWriter();
    value.startSequence();
    value.writeString(dn, 0x80);
    if (current !== null) value.writeString(current.expose(), 0x81);
    value.writeString(next.expose(), 0x82);
    value.endSequence();
    const control = await policyControl();
    try {
      await connection.extended(modifyPasswordId, value.buffer, [control]);
    } catch (thrown) {
      if (!(thrown instanceof LdapResult)) throw thrown;
      throw writeFault(thrown, control.value?.error, connection.server, right);
    }
  }

  /** Sets a password by the service account, with or without a change at the next sign-in. */
  async function setPassword(
    connection: LdapConnection,
    { entry, account }: Found,
    password: Secret,
    { mustChange }: { readonly mustChange: boolean },
  ): Promise<{ readonly passwordSetAt: number | null }> {
    const { dn } = entry;
    const { extensions } = await rootOf(connection);
    const state = (mustChange ? flavour.demandChange : flavour.demandNoChange) ?? [];
    const isApart = flavour.settleMs > 0;
    if (preset === 'generic' && extensions.has(modifyPasswordId))
      await modifyPassword(connection, { dn, current: null, next: password, right: 'reset-password' });
    else
      await write(
        connection,
        dn,
        [change('replace', 'userPassword', [password.expose()]), ...(isApart ? [] : state)],
        'reset-password',
      );
    const wasDisabled = account.disabled && flavour.stayDisabled.length > 0;
    if (isApart || wasDisabled)
      await settle(connection, {
        dn,
        key: account.key,
        changes: [...(isApart ? state : []), ...(wasDisabled ? flavour.stayDisabled : [])],
        isSettled: (current) =>
          (!isApart || current.mustChange === mustChange) && (!wasDisabled || current.disabled),
      });
    const after = await afterWrite(() => find(connection, account.key));
    return { passwordSetAt: after?.account.passwordSetAt ?? null };
  }

  /**
   * Writes what belongs to a new password, until the server has ceased to write it itself. The password is set already, so what fails here is no refusal
   * but an outcome that is not known.
   */
  async function settle(
    connection: LdapConnection,
    {
      dn,
      key,
      changes: missing,
      isSettled,
    }: {
      readonly dn: string;
      readonly key: string;
      readonly changes: readonly LdapChange[];
      readonly isSettled: (account: ExternalAccount) => boolean;
    },
  ): Promise<void> {
    try {
      for (let tries = 0; tries < maxSettleTries; tries += 1) {
        if (flavour.settleMs > 0) await setTimeout(flavour.settleMs);
        const { account } = await find(connection, key);
        if (isSettled(account)) return;
        await write(connection, dn, missing, 'write-must-change');
      }
    } catch (thrown) {
      throw unknownOutcome(connection.server, thrown);
    }
    throw unknownOutcome(connection.server);
  }

  async function* pages(
    connection: LdapConnection,
    signal: AbortSignal,
    wanted: readonly string[],
    more = '',
  ) {
    for (const base of searchBases(baseDn, scope)) {
      const search = { base, scope: 'sub' as const, filter: allOf(filter, more), attributes: wanted };
      for await (const page of connection.pages(search, signal))
        yield page.filter((entry) => isInScope(entry.dn, baseDn, scope));
    }
  }

  /** What turns the entries of many accounts into accounts; null for those outside of the groups. */
  async function prepareReader(connection: LdapConnection, signal: AbortSignal) {
    const { contextDn } = await rootOf(connection);
    const isInScopeGroup: IsMember =
      scope.groups.length === 0 ? () => true : await readMembers(connection, contextDn, scope.groups, signal);
    const isPrivileged = await readMembers(connection, contextDn, privilegedGroups, signal);
    const policy = await readPolicy(connection, null);
    const managers = new Map<string, string>();
    return {
      keyIfInScope: (entry: LdapEntry) =>
        isInScopeGroup(entry.dn, entry.text(attributes.userName) ?? '') ? keyOf(entry) : null,
      accountOf: (entry: LdapEntry) => {
        const userName = entry.text(attributes.userName) ?? '';
        if (!isInScopeGroup(entry.dn, userName)) return null;
        return accountOf(entry, {
          policy,
          isPrivileged: isPrivileged(entry.dn, userName),
          managerKey: (dn) => managers.get(sameDn(dn)) ?? null,
        });
      },
      /** Learns the keys of all entries, which managers are named by. */
      learn: (page: readonly LdapEntry[]) => {
        for (const entry of page) {
          const key = keyOf(entry);
          if (key !== null) managers.set(sameDn(entry.dn), key);
        }
      },
      knowsManagers: () => managers.size > 0,
    };
  }

  const keyAttributes = [flavour.keyAttribute, attributes.userName];
  const changes = createLdapChanges({
    now,
    compareKeysMs,
    feedAttributes: flavour.feedAttributes,
    pages: (connection, signal, more) => pages(connection, signal, accountAttributes, more),
    keys: (connection, signal) => pages(connection, signal, keyAttributes),
    prepareReader,
    keyOfDn,
    managerOf: (entry) => (attributes.manager === '' ? null : entry.text(attributes.manager)),
  });

  const capabilities = (): ExternalCapabilities => {
    const lacksPolicy = root !== null && preset === 'openldap' && !root.controls.has(policyControlId);
    const byPolicy = lacksPolicy || preset === 'generic' ? 'not-on-this-server' : true;
    return {
      temporaryPassword: true,
      forceChange: byPolicy,
      unlock: byPolicy,
      lockState: byPolicy,
      endSessions: 'not-in-this-kind',
      enable: flavour.setEnabled === null ? 'not-on-this-server' : canEnable ? true : 'not-configured',
      ownChange: true,
      verifyPassword: true,
      historyOnResets: lacksPolicy ? 'not-on-this-server' : flavour.historyOnResets,
      readPolicy: byPolicy,
      keepOldPassword: 'not-in-this-kind',
      temporaryExpires: 'not-in-this-kind',
      writeContact: 'not-configured',
    };
  };

  return {
    kind: 'ldap',
    get capabilities() {
      return capabilities();
    },
    check: () =>
      checkServers(servers, {
        encryption,
        now,
        timeoutMs: timeouts.connectMs,
        readBase: async (connection) => {
          await readRoot(connection);
          const [base] = await connection.search({
            base: baseDn,
            scope: 'base',
            filter: '(objectClass=*)',
            attributes: ['objectClass'],
          });
          if (base === undefined)
            throw new DirectoryFault('right-missing', { server: connection.server, detail: 'read-base' });
          return null;
        },
        readRights: async (connection) => {
          const { signal } = new AbortController();
          const reader = await prepareReader(connection, signal);
          for await (const page of pages(connection, signal, accountAttributes)) {
            for (const entry of page) {
              const sample = reader.accountOf(entry);
              if (sample !== null)
                return {
                  missing: [],
                  // LDAP has no question for what one may write, and none is tried out.
                  unknown: [
                    'reset-password',
                    'write-must-change',
                    'unlock',
                    ...(canEnable ? (['enable'] as const) : []),
                  ],
                  sample,
                };
            }
          }
          return { missing: ['read-accounts'], unknown: [], sample: null };
        },
      }),
    read: (key) =>
      servers.run(async (connection) => {
        try {
          return (await find(connection, key)).account;
        } catch (thrown) {
          if (thrown instanceof DirectoryFault && thrown.code === 'account-gone') return null;
          throw thrown;
        }
      }),
    setTemporaryPassword: (key, password) =>
      servers.run(async (connection) =>
        setPassword(connection, await find(connection, key), password, { mustChange: true }),
      ),
    setOwnPassword: (key, password) =>
      servers.run(async (connection) => {
        const found = await find(connection, key);
        if (preset !== 'freeipa') return setPassword(connection, found, password, { mustChange: false });
        // What another account sets expires at once in FreeIPA, so the user's own change follows.
        const between = unknownPassword();
        await setPassword(connection, found, between, { mustChange: true });
        try {
          await changeAsUser(connection, found.entry.dn, between, password);
        } catch (thrown) {
          if (thrown instanceof DirectoryFault && thrown.code === 'password-refused') throw thrown;
          throw unknownOutcome(connection.server, thrown);
        }
        const after = await afterWrite(() => find(connection, key));
        return { passwordSetAt: after?.account.passwordSetAt ?? null };
      }),
    changePassword: (key, current, next) =>
      servers.run(async (connection) => {
        const { entry } = await find(connection, key);
        await changeAsUser(connection, entry.dn, current, next);
      }),
    replaceByUnknown: (key, setAt) =>
      servers.run(async (connection) => {
        const found = await find(connection, key);
        if (
          found.account.passwordSetAt !== setAt ||
          (flavour.demandChange !== null && !found.account.mustChange)
        )
          return 'changed-since';
        await setPassword(connection, found, unknownPassword(), { mustChange: true });
        return 'replaced';
      }),
    unlock: (key) =>
      servers.run(async (connection) => {
        if (flavour.unlock === null) throw new DirectoryFault('not-possible', { detail: 'unlock' });
        const { entry, account } = await find(connection, key);
        // OpenLDAP has one attribute for "locked" and "disabled".
        if (account.disabled && account.lockedSince === null) return;
        await write(connection, entry.dn, flavour.unlock, 'unlock');
      }),
    setEnabled: (key, enabled) =>
      servers.run(async (connection) => {
        if (flavour.setEnabled === null || !canEnable)
          throw new DirectoryFault('not-possible', { detail: 'enable' });
        const { entry, account } = await find(connection, key);
        if (account.disabled === !enabled) return;
        await write(connection, entry.dn, flavour.setEnabled(enabled), 'enable');
      }),
    endSessions: () => Promise.reject(new DirectoryFault('not-possible', { detail: 'end-sessions' })),
    verifyPassword: (key, password) =>
      servers.run(async (connection) => {
        const { entry, account } = await find(connection, key);
        return servers.unsigned(connection, async (other) => {
          const outcome = await bindAs(other, entry.dn, password);
          if (outcome !== 'wrong' && outcome !== 'locked') return outcome;
          // OpenLDAP says "locked" of disabled accounts, and "wrong" of locked ones unless it is told to say so.
          if (account.disabled) return 'disabled';
          return account.lockedSince === null ? outcome : 'locked';
        });
      }),
    effectivePolicy: (key) =>
      servers.run(async (connection) => {
        const { entry } = await find(connection, key);
        const policy = await readPolicy(connection, entry);
        const { lockoutMs: _lockout, ...rules } = policy ?? {
          minLength: null,
          complexity: null,
          history: null,
          minAge: null,
          lockoutThreshold: null,
          lockoutMs: null,
        };
        const names = Object.keys(rules) as (keyof typeof rules)[];
        return { ...rules, from: 'ppolicy', unreadable: names.filter((name) => rules[name] === null) };
      }),
    async *readAll(signal) {
      yield* servers.stream(async function* (connection) {
        const reader = await prepareReader(connection, signal);
        if (attributes.manager !== '')
          for await (const page of pages(connection, signal, keyAttributes)) reader.learn(page);
        for await (const page of pages(connection, signal, accountAttributes))
          yield page.flatMap((entry) => reader.accountOf(entry) ?? []);
      });
    },
    async *readKeys(signal) {
      yield* servers.stream(async function* (connection) {
        const reader = await prepareReader(connection, signal);
        for await (const page of pages(connection, signal, keyAttributes))
          yield page.flatMap((entry) => reader.keyIfInScope(entry) ?? []);
      });
    },
    changesSince: (cursor, signal) =>
      servers.runApart((connection) => changes.since(connection, cursor, signal)),
    close: async () => {
      servers.close();
    },
  };

  /** Signs in as the account, on a connection of its own. */
  async function bindAs(connection: LdapConnection, dn: string, password: Secret) {
    const control = await policyControl();
    try {
      await connection.bind(dn, password, [control]);
      return verifyOutcomeOf(null, control.value?.error);
    } catch (thrown) {
      if (thrown instanceof LdapResult && [19, 49, 53].includes(thrown.code))
        return verifyOutcomeOf(thrown, control.value?.error);
      throw thrown;
    }
  }

  /** Changes a password with the user's own sign-in, so that the server applies all its rules. */
  async function changeAsUser(
    service: LdapConnection,
    dn: string,
    current: Secret,
    next: Secret,
  ): Promise<void> {
    await servers.unsigned(service, async (connection) => {
      const outcome = await bindAs(connection, dn, current);
      if (outcome !== 'right' && outcome !== 'must-change')
        throw new DirectoryFault('current-password-wrong', { server: connection.server });
      const { extensions } = await rootOf(service);
      if (extensions.has(modifyPasswordId))
        await modifyPassword(connection, { dn, current, next, right: 'reset-password' });
      else
        await write(connection, dn, [change('replace', 'userPassword', [next.expose()])], 'reset-password');
    });
  }
}
