import { setTimeout } from 'node:timers/promises';
import type { LdapPreset } from '../../../shared/api/directory-settings.ts';
import type { Secret } from '../../../shared/secret/secret.ts';
import { DirectoryFault } from '../external/directory-fault.ts';
import { unknownPassword } from '../external/unknown-password.ts';
import type { FoundAccount, LdapAccounts } from './ldap-accounts.ts';
import { change, type LdapChange, type LdapConnection } from './ldap-connection.ts';
import { LdapResult } from './ldap-requests.ts';
import type { AccountState, LdapFlavour } from './ldap-flavour.ts';
import { effectivePolicyOf } from './ldap-policy.ts';
import type { RootReader } from './ldap-root.ts';
import { afterWrite, type LdapServers } from './ldap-servers.ts';
import { modifyPassword, modifyPasswordId, writeEntry } from './ldap-writes.ts';
import { policyControl, verifyOutcomeOf } from './password-policy-answer.ts';

const maxSettleTries = 5;

const unknownOutcome = (server: string, thrown?: unknown): DirectoryFault =>
  new DirectoryFault('outcome-unknown', {
    server,
    serverCode: thrown instanceof DirectoryFault ? thrown.serverCode : null,
  });

/** Signs in as the account, on a connection of its own. */
export async function bindAs(connection: LdapConnection, dn: string, password: Secret) {
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

/** Sets passwords as the service account and as the user. */
export function createLdapPasswords({
  preset,
  flavour,
  root,
  accounts,
  servers,
}: {
  readonly preset: LdapPreset;
  readonly flavour: LdapFlavour;
  readonly root: RootReader;
  readonly accounts: LdapAccounts;
  readonly servers: LdapServers;
}) {
  /**
   * Writes the attributes that belong to a new password, until the server no longer overwrites them. The password is already set, so a failure here
   * means an unknown outcome, not a refusal.
   */
  async function settle(
    connection: LdapConnection,
    found: FoundAccount,
    missing: readonly LdapChange[],
    isSettled: (state: AccountState) => boolean,
  ): Promise<void> {
    try {
      for (let tries = 0; tries < maxSettleTries; tries += 1) {
        if (flavour.settleMs > 0) await setTimeout(flavour.settleMs);
        if (isSettled(await accounts.stateOf(connection, found))) return;
        await writeEntry(connection, found.entry.dn, missing, 'write-must-change');
      }
    } catch (thrown) {
      throw unknownOutcome(connection.server, thrown);
    }
    throw unknownOutcome(connection.server);
  }

  /** Sets a password as the service account, with or without a change at the next sign-in. */
  async function set(
    connection: LdapConnection,
    found: FoundAccount,
    password: Secret,
    { mustChange }: { readonly mustChange: boolean },
  ): Promise<{ readonly passwordSetAt: number | null }> {
    const { account } = found;
    const { dn } = found.entry;
    const { extensions } = await root.of(connection);
    const state = (mustChange ? flavour.demandChange : flavour.demandNoChange) ?? [];
    const isApart = flavour.settleMs > 0;
    if (preset === 'generic' && extensions.has(modifyPasswordId))
      await modifyPassword(connection, { dn, current: null, next: password });
    else
      await writeEntry(
        connection,
        dn,
        [change('replace', 'userPassword', [password.expose()]), ...(isApart ? [] : state)],
        'reset-password',
      );
    const wasDisabled = account.disabled && flavour.stayDisabled.length > 0;
    if (isApart || wasDisabled)
      await settle(
        connection,
        found,
        [...(isApart ? state : []), ...(wasDisabled ? flavour.stayDisabled : [])],
        (current) => (!isApart || current.mustChange === mustChange) && (!wasDisabled || current.disabled),
      );
    return { passwordSetAt: await passwordSetAt(connection, found) };
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
      const { extensions } = await root.of(service);
      if (extensions.has(modifyPasswordId)) await modifyPassword(connection, { dn, current, next });
      else
        await writeEntry(
          connection,
          dn,
          [change('replace', 'userPassword', [next.expose()])],
          'reset-password',
        );
    });
  }

  const passwordSetAt = async (connection: LdapConnection, found: FoundAccount) =>
    (await afterWrite(() => accounts.stateOf(connection, found)))?.passwordSetAt ?? null;

  return {
    set,
    changeAsUser,
    /** Sets a password that the user chose. */
    async setOwn(connection: LdapConnection, found: FoundAccount, password: Secret) {
      if (preset !== 'freeipa') return set(connection, found, password, { mustChange: false });
      // A password set by another account expires at once in FreeIPA, so the user's own change follows.
      const between = unknownPassword(effectivePolicyOf(found.policy, found.entry));
      await set(connection, found, between, { mustChange: true });
      try {
        await changeAsUser(connection, found.entry.dn, between, password);
      } catch (thrown) {
        if (thrown instanceof DirectoryFault && thrown.code === 'password-refused') throw thrown;
        throw unknownOutcome(connection.server, thrown);
      }
      return { passwordSetAt: await passwordSetAt(connection, found) };
    },
  };
}
