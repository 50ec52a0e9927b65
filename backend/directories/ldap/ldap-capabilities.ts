import type { LdapSettings } from '../../../shared/api/directory-settings.ts';
import type { ExternalCapabilities } from '../external/external-directory.ts';
import type { LdapAccounts } from './ldap-accounts.ts';
import type { LdapFlavour } from './ldap-flavour.ts';
import type { PolicyReader } from './ldap-policy.ts';
import type { RootReader } from './ldap-root.ts';
import type { LdapServers } from './ldap-servers.ts';

const policyControlId = '1.3.6.1.4.1.42.2.27.8.5.1';

/** The parts of one directory that its reads, writes and connection check use. */
export interface LdapParts {
  readonly settings: LdapSettings;
  readonly flavour: LdapFlavour;
  readonly root: RootReader;
  readonly policies: PolicyReader;
  readonly accounts: LdapAccounts;
  readonly servers: LdapServers;
  readonly now: () => number;
}

/** What a server can do. What its kind alone does not tell is known after the first connection. */
export function capabilitiesOf({ settings, flavour, root }: LdapParts): ExternalCapabilities {
  const { preset, canEnable } = settings;
  const lacksPolicy =
    root.known !== null && preset === 'openldap' && !root.known.controls.has(policyControlId);
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
    writeContact: 'not-by-reset-desk',
    accessPass: 'not-in-this-kind',
    signInMethods: 'not-in-this-kind',
  };
}
