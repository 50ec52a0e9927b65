import type { ExternalDirectory } from '../external/external-directory.ts';

/** The calls of a directory by LDAP that read accounts or try passwords. */
export type LdapReads = Pick<
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
