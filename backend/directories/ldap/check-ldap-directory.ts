import type { DirectoryRight } from '../external/directory-fault.ts';
import { hasAccessLog } from './change-log.ts';
import { capabilitiesOf, type LdapParts } from './ldap-capabilities.ts';
import { assertBaseReadable, checkServers, unknownNamesOf } from './ldap-check.ts';
import { effectivePolicyOf } from './ldap-policy.ts';

/** The rights to write that this server has a use for. LDAP has no query for them, and a check makes no trial write. */
function writeRights(parts: LdapParts): readonly DirectoryRight[] {
  const { forceChange, unlock, enable } = capabilitiesOf(parts);
  return [
    'reset-password',
    ...(forceChange === true ? (['write-must-change'] as const) : []),
    ...(unlock === true ? (['unlock'] as const) : []),
    ...(enable === true ? (['enable'] as const) : []),
  ];
}

/** Checks the connection to each server step by step. */
export const checkLdap = async (parts: LdapParts, timeoutMs: number) => {
  const { settings, flavour, accounts, root, policies, servers, now } = parts;
  return checkServers(servers, {
    encryption: settings.encryption,
    now,
    timeoutMs,
    readBase: async (connection) => {
      await root.read(connection);
      await assertBaseReadable(connection, settings);
      return null;
    },
    readRights: async (connection) => {
      const { signal } = new AbortController();
      const reader = await accounts.prepareReader(connection, signal);
      const unknownNames = await unknownNamesOf(connection, settings, [settings.defaultPolicy]);
      let missing: DirectoryRight = 'read-accounts';
      for await (const page of accounts.pages(connection, signal))
        for (const entry of page) {
          const account = reader.accountOf(entry);
          if (account === null) {
            if (missing === 'read-accounts' && !reader.hasKey(entry)) missing = 'read-key';
            continue;
          }
          if (account.userName === '') {
            missing = 'read-user-name';
            continue;
          }
          const tellsLog =
            flavour.hasAccessLog && (await hasAccessLog(connection, await root.of(connection)));
          const policy = effectivePolicyOf(await policies.of(connection, entry), entry);
          return {
            missing: [],
            unknown: writeRights(parts),
            unknownNames,
            sample: { account, policy, contactTimes: tellsLog ? 'attribute' : 'entry' },
          };
        }
      return { missing: [missing], unknown: [], unknownNames, sample: null };
    },
  });
};
