import type { MutantArea } from '../mutant.ts';

const activeDirectory = ['test/directories/active-directory.test.ts'];
const openldap = ['test/directories/openldap.test.ts'];
const codes = ['backend/directories/active-directory/diagnostic-codes.test.ts'];
const settings = ['shared/api/directory-settings.test.ts'];
const wing = 'backend/directories';

export const rows: MutantArea = {
  area: 'directories',
  mutants: [
    {
      id: 'directories-must-change',
      rule: 'A temporary password and the demand to change it are one write.',
      file: `${wing}/active-directory/write-passwords.ts`,
      find: "[mustChange ? '0' : '-1']",
      replace: "[mustChange ? '-1' : '-1']",
      tests: activeDirectory,
    },
    {
      id: 'directories-key-scope',
      rule: 'An account outside of the scope is neither read nor changed.',
      file: `${wing}/active-directory/find-accounts.ts`,
      find: 'isInScope(extendedName(entry.dn).dn, baseDn, scope)\n        ? accountOfEntry',
      replace:
        'isInScope(extendedName(entry.dn).dn, baseDn, { ...scope, include: [] })\n          ? accountOfEntry',
      tests: activeDirectory,
    },
    {
      id: 'directories-replace-changed',
      rule: 'A temporary password is replaced only if it is still the one that was set.',
      file: `${wing}/active-directory/active-directory.ts`,
      find: "if (found.account.passwordSetAt !== setAt) return 'changed-since';",
      replace: '',
      tests: activeDirectory,
    },
    {
      id: 'directories-unknown-code',
      rule: 'A code that is not known does not pass for a proof.',
      file: `${wing}/active-directory/diagnostic-codes.ts`,
      find: "    default:\n      return 'wrong';",
      replace: "    default:\n      return 'must-change';",
      tests: codes,
    },
    {
      id: 'directories-empty-bind',
      rule: 'An empty password is never right, though LDAP accepts it as anonymous.',
      file: `${wing}/ldap/ldap-connection.ts`,
      find: "if (password.expose() === '') throw new LdapResult(49, '');",
      replace: '',
      tests: openldap,
    },
    {
      id: 'directories-connect-once',
      rule: 'A lost connection is not made again without sign-in.',
      file: `${wing}/ldap/ldap-connection.ts`,
      find: "if (sockets.length > 0) throw new DirectoryFault('unreachable', { server });",
      replace: '',
      tests: openldap,
      equivalent: 'The connection is known to be closed before the library is asked.',
    },
    {
      id: 'directories-outcome-unknown',
      rule: 'A write whose answer was lost is not begun again.',
      file: `${wing}/ldap/ldap-requests.ts`,
      find: "throw new DirectoryFault('outcome-unknown', { server });",
      replace: "throw new DirectoryFault('unreachable', { server });",
      tests: openldap,
    },
    {
      id: 'directories-service-lockout',
      rule: 'A refused service account is not tried again at once, which would lock it.',
      file: `${wing}/ldap/ldap-servers.ts`,
      find: 'if (refusal !== null && refusal.until > now()) throw refusal.fault;',
      replace: '',
      tests: activeDirectory,
    },
    {
      id: 'directories-ranges',
      rule: 'All ranges of an attribute are read.',
      file: `${wing}/active-directory/ranges.ts`,
      find: 'more.incomplete.find(',
      replace: '([] as LdapEntry["incomplete"][number][]).find(',
      tests: [`${wing}/active-directory/ranges.test.ts`],
    },
    {
      id: 'directories-realm-shortened',
      rule: 'Rules that are not readable are not said to be absent.',
      file: `${wing}/keycloak/realm-policy.ts`,
      find: "if (typeof failureFactor !== 'number')",
      replace: "if (typeof failureFactor === 'string')",
      tests: [`${wing}/keycloak/realm-policy.test.ts`],
    },
    {
      id: 'directories-idle',
      rule: 'A connection that was idle for a minute is not used again.',
      file: `${wing}/ldap/kept-connections.ts`,
      find: 'if (kept.uses > 0 || now() - kept.usedAt < idleMs) return kept;',
      replace: 'return kept;',
      tests: activeDirectory,
    },
    {
      id: 'directories-failover',
      rule: 'Reads go on at the next server.',
      file: `${wing}/ldap/ldap-servers.ts`,
      find: "(thrown.code === 'unreachable' || thrown.code === 'timeout' ||",
      replace: "(thrown.code === 'unreachable' ||",
      tests: openldap,
    },
    {
      id: 'directories-stay-disabled',
      rule: 'A reset never enables a disabled account.',
      file: `${wing}/ldap/ldap-passwords.ts`,
      find: 'if (isApart || wasDisabled)',
      replace: 'if (isApart)',
      tests: openldap,
    },
    {
      id: 'directories-gone-keys',
      rule: 'Accounts that are gone are named.',
      file: `${wing}/ldap/ldap-changes.ts`,
      find: '.filter((key) => !present.has(key))',
      replace: '.filter((key) => present.size === 0 && !present.has(key))',
      tests: openldap,
    },
    {
      id: 'directories-start-tls-certificate',
      rule: 'A certificate that is not trusted is refused.',
      file: 'backend/outbound/open-connection.ts',
      find: '        rejectUnauthorized: !acceptsAnyCertificate,',
      replace: '        rejectUnauthorized: false,',
      tests: openldap,
    },
    {
      id: 'directories-keycloak-plain',
      rule: 'Passwords are sent to Keycloak over HTTPS, except on this computer.',
      file: 'shared/api/directory-settings.ts',
      find: '([:/]|$)/.test(url)',
      replace: '/.test(url)',
      tests: settings,
    },
  ],
};
