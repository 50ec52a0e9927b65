/** Why a directory outside the backend did not do what was requested. */
export type DirectoryFaultCode =
  /** No server of the directory accepted a connection, or the server closed it before a write was sent. Nothing was changed. */
  | 'unreachable'
  /** A server accepted the connection but did not answer a read or a bind in time. Nothing was changed. */
  | 'timeout'
  | 'certificate-untrusted'
  | 'certificate-expired'
  /** The certificate names another address than the configured one. */
  | 'certificate-name'
  /** The server has no realm (Keycloak) or tenant (Microsoft Entra ID) with the configured name. */
  | 'realm-unknown'
  /** The directory has no entry with the name of the base or of a unit of the scope, or does not show it to the service account (LDAP). */
  | 'base-unknown'
  /** The filter of the scope is not a filter (LDAP). Nothing was sent. */
  | 'filter-invalid'
  /** The service account's name or password is wrong, or the account is locked or disabled; `detail` says which. */
  | 'service-account-wrong'
  | 'service-password-expired'
  /** The private key of the service account cannot be read, or does not belong to its certificate. Nothing was sent. */
  | 'service-key-invalid'
  /** The service account lacks a right; `detail` is the {@link DirectoryRight}. */
  | 'right-missing'
  /** The directory refused a new password; `detail` is the {@link PasswordRefusal}. */
  | 'password-refused'
  /** The current password passed to `changePassword` was not the account's. */
  | 'current-password-wrong'
  /** The account does not exist, or no longer exists, within the configured scope. */
  | 'account-gone'
  /** A write was sent and its answer was lost. It may have succeeded: read the account and compare `passwordSetAt`. */
  | 'outcome-unknown'
  /** The directory accepts no more requests for now, and asks for a longer wait than the call may last. Nothing was changed. */
  | 'throttled'
  /** The server's answer was unreadable, or an unknown error. */
  | 'answer-invalid'
  /** The capability is not `true`; see {@link ExternalDirectory.capabilities}. Nothing was sent. */
  | 'not-possible';

/** The rights that the service account needs. */
export type DirectoryRight =
  | 'read-base'
  | 'read-accounts'
  /** Read the attribute with the stable id of accounts (LDAP). */
  | 'read-key'
  /** Read the attribute of the settings that has the user name. */
  | 'read-user-name'
  | 'read-policy'
  /** Read whether the sign-in of a domain is federated (Microsoft Entra ID). */
  | 'read-domains'
  /** Read who has a role or belongs to a group that makes an account privileged (Microsoft Entra ID). */
  | 'read-roles'
  | 'read-groups'
  | 'reset-password'
  /** Issue Temporary Access Passes (Microsoft Entra ID). */
  | 'access-pass'
  /** Read and remove sign-in methods. */
  | 'sign-in-methods'
  /** Reset passwords of administrators, which needs more than `reset-password` (Microsoft Entra ID). */
  | 'reset-privileged'
  /** A directory role in addition to the permissions (Microsoft Entra ID). */
  | 'directory-role'
  | 'write-must-change'
  | 'unlock'
  | 'enable'
  | 'end-sessions'
  | 'write-contact';

/** Why a directory does not accept a new password. */
export type PasswordRefusal =
  | 'used-before'
  | 'too-short'
  | 'too-long'
  | 'not-complex'
  /** It contains the user name, or is the user name or the email address. */
  | 'contains-name'
  /** It is in a list of forbidden passwords. */
  | 'forbidden'
  /** No password satisfies both the directory's rules and the desk's policy. Nothing was sent. */
  | 'rules-conflict'
  /** The current password has not reached its minimum age. */
  | 'too-soon'
  /** The directory's policy allows no pass with this lifetime for the user. */
  | 'no-pass'
  /** The directory names no reason. Active Directory gives one reason for short, simple and used passwords. */
  | 'other';

/** A fault of a directory outside the backend. Neither message nor detail ever holds a secret or a server's own text. */
export class DirectoryFault extends Error {
  readonly code: DirectoryFaultCode;
  readonly detail: DirectoryRight | PasswordRefusal | ServiceAccountState | null;
  /** The server that was asked last, as `host:port`; null if none was asked. */
  readonly server: string | null;
  /** The server's own code, for the log: an LDAP result code with its diagnostic number, or an HTTP status; null for none. */
  readonly serverCode: string | null;

  constructor(
    code: DirectoryFaultCode,
    {
      detail = null,
      server = null,
      serverCode = null,
    }: {
      readonly detail?: DirectoryFault['detail'];
      readonly server?: string | null;
      readonly serverCode?: string | null;
    } = {},
  ) {
    super([code, detail, server, serverCode].filter((part) => part !== null).join(' '));
    this.name = 'DirectoryFault';
    this.code = code;
    this.detail = detail;
    this.server = server;
    this.serverCode = serverCode;
  }
}

/** Why the service account cannot sign in, as far as the directory reports it. */
export type ServiceAccountState = 'wrong-password' | 'locked' | 'disabled' | 'expired' | 'must-change';

/** The fault with a detail that was determined afterwards. */
export const explained = (
  { code, server, serverCode }: DirectoryFault,
  detail: DirectoryFault['detail'],
): DirectoryFault => new DirectoryFault(code, { detail, server, serverCode });

/** The result of a read; null if the account does not exist within the scope. */
export async function nullIfGone<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (thrown) {
    if (thrown instanceof DirectoryFault && thrown.code === 'account-gone') return null;
    throw thrown;
  }
}

/** The result of a read of one account, or `other` if the directory answers for this account with an error, which must not stop the others. */
export async function orIfInvalid<T, O>(read: Promise<T>, other: O): Promise<T | O> {
  try {
    return await read;
  } catch (thrown) {
    if (thrown instanceof DirectoryFault && thrown.code === 'answer-invalid') return other;
    throw thrown;
  }
}

/** The result of a call, or `other` if the directory fails. Errors that are no faults of the directory pass. */
export async function orOnFault<T, O>(call: Promise<T>, other: O): Promise<T | O> {
  try {
    return await call;
  } catch (thrown) {
    if (thrown instanceof DirectoryFault) return other;
    throw thrown;
  }
}
