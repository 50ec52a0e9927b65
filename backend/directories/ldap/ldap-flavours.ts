import type { LdapPreset } from '../../../shared/api/directory-settings.ts';
import { unreadPolicy } from '../external/effective-policy.ts';
import { directory389 } from './directory-389-flavour.ts';
import { freeipa } from './freeipa-flavour.ts';
import type { LdapFlavour, LdapPolicy } from './ldap-flavour.ts';
import { openldap } from './openldap-flavour.ts';

const noPolicy: LdapPolicy = {
  ...unreadPolicy,
  characters: {},
  unchecked: [],
  lockoutMs: undefined,
  lockoutWindow: null,
};

/** Any other server. It offers only what a standard defines. */
const generic: LdapFlavour = {
  keyAttribute: 'entryUUID',
  toKey: (value) => value.toLowerCase(),
  fromKey: (key) => key,
  accountFilter: '(objectClass=person)',
  operational: [],
  comparedAttributes: [],
  feedAttributes: [],
  state: () => ({
    disabled: false,
    lockedSince: null,
    lockedUntil: null,
    mustChange: false,
    passwordSetAt: null,
    expiresAt: null,
  }),
  demandChange: null,
  demandNoChange: [],
  settleMs: 0,
  stayDisabled: [],
  unlock: null,
  setEnabled: null,
  policyAttribute: null,
  defaultPolicy: null,
  policyAttributes: [],
  policy: () => noPolicy,
  historyOnResets: 'not-on-this-server',
  hasAccessLog: true,
};

export const flavours: Readonly<Record<LdapPreset, LdapFlavour>> = {
  openldap,
  '389-ds': directory389,
  freeipa,
  generic,
};
