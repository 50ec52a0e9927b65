import { randomBytes } from 'node:crypto';
import type { Control } from 'ldapts';
import type { ActiveDirectorySettings } from '../../../shared/api/directory-settings.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import {
  DirectoryFault,
  explained,
  type DirectoryRight,
  type PasswordRefusal,
} from '../external/directory-fault.ts';
import type {
  ExternalAccount,
  ExternalCapabilities,
  ExternalDirectory,
} from '../external/external-directory.ts';
import { checkServers } from '../ldap/ldap-check.ts';
import {
  change,
  defaultTimeouts,
  LdapResult,
  type LdapChange,
  type LdapConnection,
} from '../ldap/ldap-connection.ts';
import { guidBytes, guidText, type LdapEntry } from '../ldap/ldap-entry.ts';
import { allOf, inParentheses, isInScope, searchBases } from '../ldap/ldap-scope.ts';
import { afterWrite, createLdapServers, type LdapCollaborators } from '../ldap/ldap-servers.ts';
import {
  accountAttributes,
  accountDisabled,
  accountOfEntry,
  userFilter,
  type AccountReader,
} from './account-of-entry.ts';
import { createControllers, type ResolveService } from './controllers.ts';
import { extendedNames, policyHints, policyHintsId } from './controls.ts';
import { readChanges } from './changes.ts';
import { readServer } from './controller-entry.ts';
import { serviceAccountFault, verifyOutcomeOf, writeFault } from './diagnostic-codes.ts';
import { extendedName } from './extended-names.ts';
import { readNestedGroups, type NestedGroups } from './groups.ts';
import { likelyRefusal, readAccountPolicy, readDomainPolicy } from './password-policy.ts';
import { lastWrite, metadataAttributes } from './replication-metadata.ts';
import { withAllValues } from './ranges.ts';
import { readRights } from './rights.ts';

/** `unicodePwd` takes the password in quotation marks as UTF-16. */
const encoded = (password: Secret): Buffer => Buffer.from(`"${password.expose()}"`, 'utf16le');

/** A password that is kept nowhere: 192 bits, with every kind of character that a policy may demand. */
export const unknownPassword = (): Secret => new Secret(`aA1!${randomBytes(24).toString('base64url')}`);

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
  const { baseDn, scope, attributes, privilegedGroups, encryption, canEnable } = settings;
  const servers = createLdapServers(
    { ...settings, list: createControllers(settings, now, resolveService) },
    servicePassword,
    {
      ...collaborators,
      signIn: async (connection, name, password) => {
        try {
          await connection.bind(name, password);
        } catch (thrown) {
          throw thrown instanceof LdapResult ? serviceAccountFault(thrown, connection.server) : thrown;
        }
      },
    },
  );
  let hasPolicyHints = false;

  const server = async (connection: LdapConnection) => {
    const read = await readServer(connection);
    hasPolicyHints = read.controls.has(policyHintsId);
    return read;
  };

  const domains = new WeakMap<LdapConnection, string>();
  /** The domain of a connection's controller, asked once for each connection. */
  const domainOf = async (connection: LdapConnection): Promise<string> => {
    const known = domains.get(connection);
    if (known !== undefined) return known;
    const { domainDn } = await server(connection);
    domains.set(connection, domainDn);
    return domainDn;
  };

  /** The scope's filter for accounts. */
  const scopeFilter = (groups: NestedGroups) => `${userFilter}${inParentheses(scope.filter)}${groups.filter}`;

  /** Without `lockout`, the end of a lock stays unknown. */
  async function prepareReader(
    connection: LdapConnection,
    domainDn: string,
    { lockout = true }: { readonly lockout?: boolean } = {},
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
      filter: scopeFilter(scopeGroups),
      controls: [names],
    };
  }

  /** The entry of a key within the scope; throws `account-gone`. */
  async function find(
    connection: LdapConnection,
    key: string,
    more: readonly string[] = [],
  ): Promise<{
    readonly entry: LdapEntry;
    readonly dn: string;
    readonly domainDn: string;
    readonly account: ExternalAccount;
  }> {
    const bytes = guidBytes(key);
    const gone = new DirectoryFault('account-gone', { server: connection.server });
    if (bytes === null) throw gone;
    const domainDn = await domainOf(connection);
    const reader = await prepareReader(connection, domainDn, { lockout: false });
    const [found] = await connection.search({
      base: baseDn,
      scope: 'sub',
      filter: allOf(reader.filter),
      bytes: { attribute: 'objectGUID', value: bytes },
      attributes: [...accountAttributes(attributes), ...metadataAttributes, ...more],
      binary: ['objectGUID', 'replPropertyMetaData'],
      controls: reader.controls,
    });
    const entry = found === undefined ? undefined : await withAllValues(connection, found);
    const account = entry === undefined ? null : reader.accountOf(entry);
    if (entry === undefined || account === null) throw gone;
    return { entry, dn: extendedName(entry.dn).dn, domainDn, account };
  }

  /** Adds what only a single read affords: the lock by the account's own policy, and the controller that locked. */
  async function withLock(
    connection: LdapConnection,
    { entry, dn, domainDn, account }: Awaited<ReturnType<typeof find>>,
  ): Promise<ExternalAccount> {
    if (account.lockedSince === null) return account;
    const { lockoutMs } = await readAccountPolicy(connection, domainDn, dn);
    const lockWrite = lastWrite(entry, 'lockoutTime');
    const controller =
      lockWrite === null
        ? null
        : (lockWrite.controller ?? (await (await server(connection)).controllerOf(lockWrite.invocationId)));
    return {
      ...account,
      lockedUntil: typeof lockoutMs === 'number' && lockoutMs > 0 ? account.lockedSince + lockoutMs : null,
      lockedAt: controller,
    };
  }

  const passwordSetAt = (connection: LdapConnection, key: string) =>
    afterWrite(async () => (await find(connection, key)).account.passwordSetAt);

  /** Writes, and says by a fault why the directory refused. */
  async function write(
    connection: LdapConnection,
    dn: string,
    changes: readonly LdapChange[],
    {
      right,
      controls = [],
      refusal,
    }: {
      /** What the write needs, asked for when it was refused. */
      readonly right: () => Promise<DirectoryRight> | DirectoryRight;
      readonly controls?: readonly Control[];
      readonly refusal?: () => Promise<PasswordRefusal>;
    },
  ): Promise<void> {
    try {
      await connection.modify(dn, changes, controls);
    } catch (thrown) {
      if (!(thrown instanceof LdapResult)) throw thrown;
      const fault = writeFault(thrown, connection.server);
      if (fault.code === 'right-missing')
        throw explained(fault, (await afterWrite(async () => right())) ?? null);
      if (fault.code === 'password-refused' && refusal !== undefined)
        throw explained(fault, (await afterWrite(refusal)) ?? 'other');
      throw fault;
    }
  }

  /** Sets a password by the service account. */
  async function setPassword(
    connection: LdapConnection,
    { dn, domainDn, account }: Awaited<ReturnType<typeof find>>,
    password: Secret,
    { mustChange }: { readonly mustChange: boolean },
  ): Promise<void> {
    const checksHistory = hasPolicyHints && !mustChange;
    await write(
      connection,
      dn,
      [
        change('replace', 'unicodePwd', [encoded(password)]),
        // -1 is "now": the next sign-in demands nothing.
        change('replace', 'pwdLastSet', [mustChange ? '0' : '-1']),
      ],
      {
        right: () => missingResetRight(connection, dn),
        controls: checksHistory ? [await policyHints()] : [],
        refusal: async () =>
          likelyRefusal(password.expose(), {
            userName: account.userName,
            policy: await readAccountPolicy(connection, domainDn, dn),
            passwordSetAt: account.passwordSetAt,
            checksHistory,
            now: now(),
          }),
      },
    );
  }

  /** Which of the two rights of a reset is missing, should it be refused: the directory does not say. */
  async function missingResetRight(connection: LdapConnection, dn: string): Promise<DirectoryRight> {
    const { missing } = await readRights(connection, dn, { canEnable: false });
    return missing.includes('reset-password') || !missing.includes('write-must-change')
      ? 'reset-password'
      : 'write-must-change';
  }

  async function* pages(
    signal: AbortSignal,
    reader: AccountReader,
    connection: LdapConnection,
    only?: readonly string[],
  ) {
    for (const base of searchBases(baseDn, scope)) {
      yield* connection.pages(
        {
          base,
          scope: 'sub',
          filter: allOf(reader.filter),
          attributes: only ?? accountAttributes(attributes),
          binary: ['objectGUID'],
          controls: reader.controls,
        },
        signal,
      );
    }
  }

  const capabilities = (): ExternalCapabilities => ({
    temporaryPassword: true,
    forceChange: true,
    unlock: true,
    lockState: true,
    endSessions: 'not-in-this-kind',
    enable: canEnable ? true : 'not-configured',
    ownChange: true,
    verifyPassword: true,
    historyOnResets: hasPolicyHints ? true : 'resets-skip-history',
    readPolicy: true,
    keepOldPassword: 'not-in-this-kind',
    temporaryExpires: 'not-in-this-kind',
    writeContact: 'not-configured',
  });

  return {
    kind: 'active-directory',
    get capabilities() {
      return capabilities();
    },
    check: () =>
      checkServers(servers, {
        encryption,
        now,
        timeoutMs: timeouts.connectMs,
        readBase: async (connection) => {
          const { clock } = await server(connection);
          const [base] = await connection.search({
            base: baseDn,
            scope: 'base',
            filter: '(objectClass=*)',
            attributes: ['objectClass'],
          });
          if (base === undefined)
            throw new DirectoryFault('right-missing', { server: connection.server, detail: 'read-base' });
          return clock;
        },
        readRights: async (connection) => {
          const { domainDn } = await server(connection);
          const reader = await prepareReader(connection, domainDn);
          const controller = new AbortController();
          for await (const page of pages(controller.signal, reader, connection)) {
            for (const entry of page) {
              const sample = reader.accountOf(entry);
              // What Active Directory protects is outside of the delegation by design.
              if (sample === null || sample.isPrivileged) continue;
              return { ...(await readRights(connection, extendedName(entry.dn).dn, { canEnable })), sample };
            }
          }
          return { missing: ['read-accounts'], unknown: [], sample: null };
        },
      }),
    read: (key) =>
      servers.run(async (connection) => {
        try {
          return await withLock(connection, await find(connection, key));
        } catch (thrown) {
          if (thrown instanceof DirectoryFault && thrown.code === 'account-gone') return null;
          throw thrown;
        }
      }),
    setTemporaryPassword: (key, password) =>
      servers.run(async (connection) => {
        await setPassword(connection, await find(connection, key), password, { mustChange: true });
        return { passwordSetAt: await passwordSetAt(connection, key) };
      }),
    setOwnPassword: (key, password) =>
      servers.run(async (connection) => {
        await setPassword(connection, await find(connection, key), password, { mustChange: false });
        return { passwordSetAt: await passwordSetAt(connection, key) };
      }),
    changePassword: (key, current, next) =>
      servers.run(async (connection) => {
        const { dn, domainDn, account } = await find(connection, key);
        // A user whose password must be changed cannot sign in by LDAP. Everyone may change a password whose current one they know.
        await write(
          connection,
          dn,
          [change('delete', 'unicodePwd', [encoded(current)]), change('add', 'unicodePwd', [encoded(next)])],
          {
            right: () => 'reset-password',
            refusal: async () =>
              likelyRefusal(next.expose(), {
                userName: account.userName,
                policy: await readAccountPolicy(connection, domainDn, dn),
                passwordSetAt: account.mustChange ? null : account.passwordSetAt,
                checksHistory: true,
                now: now(),
              }),
          },
        );
      }),
    replaceByUnknown: (key, setAt) =>
      servers.run(async (connection) => {
        const found = await find(connection, key);
        if (found.account.passwordSetAt !== setAt) return 'changed-since';
        await setPassword(connection, found, unknownPassword(), { mustChange: true });
        return 'replaced';
      }),
    unlock: (key) =>
      servers.run(async (connection) => {
        const { dn } = await find(connection, key);
        await write(connection, dn, [change('replace', 'lockoutTime', ['0'])], { right: () => 'unlock' });
      }),
    setEnabled: (key, enabled) =>
      servers.run(async (connection) => {
        if (!canEnable) throw new DirectoryFault('not-possible', { detail: 'enable' });
        const { dn, entry } = await find(connection, key);
        const control = entry.number('userAccountControl') ?? 0;
        const next = enabled ? control & ~accountDisabled : control | accountDisabled;
        if (next === control) return;
        // Naming the former value keeps a bit that another administrator has changed meanwhile.
        await write(
          connection,
          dn,
          [
            change('delete', 'userAccountControl', [String(control)]),
            change('add', 'userAccountControl', [String(next)]),
          ],
          { right: () => 'enable' },
        );
      }),
    endSessions: () => Promise.reject(new DirectoryFault('not-possible', { detail: 'end-sessions' })),
    verifyPassword: (key, password) =>
      servers.run(async (connection) => {
        const { dn } = await find(connection, key);
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
    effectivePolicy: (key) =>
      servers.run(async (connection) => {
        const { dn, domainDn } = await find(connection, key);
        const { lockoutMs: _lockout, ...policy } = await readAccountPolicy(connection, domainDn, dn);
        return policy;
      }),
    async *readAll(signal) {
      yield* servers.stream(async function* (connection) {
        const { domainDn } = await server(connection);
        const reader = await prepareReader(connection, domainDn);
        for await (const page of pages(signal, reader, connection)) {
          const entries: LdapEntry[] = [];
          for (const entry of page) entries.push(await withAllValues(connection, entry));
          yield entries.flatMap((entry) => reader.accountOf(entry) ?? []);
        }
      });
    },
    async *readKeys(signal) {
      yield* servers.stream(async function* (connection) {
        const { domainDn } = await server(connection);
        const reader = await prepareReader(connection, domainDn);
        for await (const page of pages(signal, reader, connection, ['objectGUID']))
          yield page.flatMap((entry) => {
            const guid = entry.bytes('objectGUID');
            return guid === null || !isInScope(extendedName(entry.dn).dn, baseDn, scope)
              ? []
              : [guidText(guid)];
          });
      });
    },
    changesSince: (cursor, signal) =>
      servers.runApart(async (connection) => {
        const at = await server(connection);
        return readChanges(connection, cursor, {
          at,
          reader: await prepareReader(connection, at.domainDn),
          attributes: accountAttributes(attributes),
          groups: [...scope.groups, ...privilegedGroups],
          signal,
        });
      }),
    close: async () => {
      servers.close();
    },
  };
}
