import type { ActiveDirectorySettings } from '../../../shared/api/directory-settings.ts';
import type { Secret } from '../../../shared/secret/secret.ts';
import { DirectoryFault } from '../external/directory-fault.ts';
import type { DirectoryWrites } from '../external/external-directory.ts';
import { stateOfTemporary, unknownPassword } from '../external/unknown-password.ts';
import { change, type LdapConnection } from '../ldap/ldap-connection.ts';
import { afterWrite, type LdapServers } from '../ldap/ldap-servers.ts';
import { createPreparedWrites } from '../ldap/prepared-writes.ts';
import { accountDisabled } from './account-of-entry.ts';
import type { DomainAccounts, FoundAccount } from './find-accounts.ts';
import { changePassword, setPassword, writeEntry } from './write-passwords.ts';

/** The parts of one domain that its reads, writes and connection check use. */
export interface DomainParts {
  readonly settings: ActiveDirectorySettings;
  readonly accounts: DomainAccounts;
  readonly servers: LdapServers;
  readonly now: () => number;
}

/** The writes to the accounts of one domain. */
export function createDomainWrites({ settings, accounts, servers, now }: DomainParts): DirectoryWrites {
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
        const unknown = unknownPassword(await accounts.policyOf(connection, found));
        await set(connection, found, unknown, { mustChange: true });
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
