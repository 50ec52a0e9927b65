import type { PasswordPolicyControl } from 'ldapts';
import {
  DirectoryFault,
  type DirectoryFaultCode,
  type DirectoryRight,
  type PasswordRefusal,
} from '../external/directory-fault.ts';
import type { ExternalDirectory } from '../external/external-directory.ts';
import { ldapLibrary, type LdapResult } from './ldap-requests.ts';

type VerifyOutcome = Awaited<ReturnType<ExternalDirectory['verifyPassword']>>;

/** Requests the verdict of the server's password policy, in addition to the result. */
export async function policyControl(): Promise<PasswordPolicyControl> {
  const { PasswordPolicyControl: Control } = await ldapLibrary();
  return new Control();
}

/** Errors of draft-behera-ldap-password-policy. */
const passwordExpired = 0;
const accountLocked = 1;
const changeAfterReset = 2;
const refusals: Readonly<Record<number, PasswordRefusal>> = {
  3: 'other',
  5: 'not-complex',
  6: 'too-short',
  7: 'too-soon',
  8: 'used-before',
};

/** The outcome of a sign-in; `result` is null if it succeeded. An unknown result is `wrong`, so that it never counts as a proof. */
export function verifyOutcomeOf(result: LdapResult | null, error: number | undefined): VerifyOutcome {
  if (result === null) return error === changeAfterReset ? 'must-change' : 'right';
  // 389 Directory Server refuses disabled accounts with 53 and locked ones with 19.
  if (result.code === 53) return 'disabled';
  if (error === accountLocked || result.code === 19) return 'locked';
  return error === passwordExpired ? 'expired' : 'wrong';
}

/** The fault of the service account's failed sign-in. */
export function serviceAccountFault(
  result: LdapResult,
  error: number | undefined,
  server: string,
): DirectoryFault {
  const serverCode = `${result.code}${error === undefined ? '' : `/${error}`}`;
  const outcome = verifyOutcomeOf(result, error);
  if (![19, 49, 53].includes(result.code))
    return new DirectoryFault('answer-invalid', { server, serverCode });
  if (outcome === 'expired') return new DirectoryFault('service-password-expired', { server, serverCode });
  const detail = outcome === 'locked' || outcome === 'disabled' ? outcome : 'wrong-password';
  return new DirectoryFault('service-account-wrong', { server, serverCode, detail });
}

/** The fault of a refused write of a password or of the attributes that belong to it. */
export function writeFault(
  result: LdapResult,
  error: number | undefined,
  server: string,
  right: DirectoryRight,
): DirectoryFault {
  const serverCode = `${result.code}${error === undefined ? '' : `/${error}`}`;
  const refusal = error === undefined ? undefined : refusals[error];
  const fault = (code: DirectoryFaultCode, detail: DirectoryFault['detail'] = null) =>
    new DirectoryFault(code, { server, serverCode, detail });
  if (result.code === 32) return fault('account-gone');
  // 389 Directory Server uses the same code when its policy does not allow a modification.
  if (result.code === 50) return fault('right-missing', right);
  if (refusal !== undefined) return fault('password-refused', refusal);
  // OpenLDAP without the access level "manage".
  if (result.code === 19 && /no user modification allowed/.test(result.text))
    return fault('right-missing', right === 'reset-password' ? 'write-must-change' : right);
  if (result.code === 19) return fault('password-refused', 'other');
  return fault('answer-invalid');
}
