import {
  DirectoryFault,
  type DirectoryFaultCode,
  type ServiceAccountState,
} from '../external/directory-fault.ts';
import type { ExternalDirectory } from '../external/external-directory.ts';
import type { LdapResult } from '../ldap/ldap-requests.ts';

type VerifyOutcome = Awaited<ReturnType<ExternalDirectory['verifyPassword']>>;

/** The number after `data` in the text of a refused bind, in hex. The words beside it differ between versions and languages. */
export function bindCode({ text }: LdapResult): string | null {
  return (
    /\bdata\s+([0-9a-f]{1,8})\b/i
      .exec(text)?.[1]
      ?.toLowerCase()
      .replace(/^0+(?=.)/, '') ?? null
  );
}

/** The Windows error with which the text of a refused write begins, in hex, such as `52d`. */
export function writeCode({ text }: LdapResult): string | null {
  return (
    /^\s*([0-9a-f]{8})\s*:/i
      .exec(text)?.[1]
      ?.toLowerCase()
      .replace(/^0+(?=.)/, '') ?? null
  );
}

/** The outcome of a sign-in. An unknown code is `wrong`, so that it never counts as a proof. */
export function verifyOutcomeOf(result: LdapResult): VerifyOutcome {
  switch (bindCode(result)) {
    case '530': // ERROR_INVALID_LOGON_HOURS
    case '531': // ERROR_INVALID_WORKSTATION
      return 'not-now';
    case '532': // ERROR_PASSWORD_EXPIRED
      return 'expired';
    case '533': // ERROR_ACCOUNT_DISABLED
    case '701': // ERROR_ACCOUNT_EXPIRED
      return 'disabled';
    case '773': // ERROR_PASSWORD_MUST_CHANGE
      return 'must-change';
    case '775': // ERROR_ACCOUNT_LOCKED_OUT
      return 'locked';
    default:
      return 'wrong';
  }
}

const serviceAccountStates: Readonly<Record<string, ServiceAccountState>> = {
  '52e': 'wrong-password',
  '525': 'wrong-password',
  '533': 'disabled',
  '701': 'expired',
  '773': 'must-change',
  '775': 'locked',
};

/** The fault of the service account's failed sign-in. */
export function serviceAccountFault(result: LdapResult, server: string): DirectoryFault {
  const code = bindCode(result);
  const serverCode = `${result.code}${code === null ? '' : `/${code}`}`;
  if (result.code !== 49) return new DirectoryFault('answer-invalid', { server, serverCode });
  if (code === '532') return new DirectoryFault('service-password-expired', { server, serverCode });
  const detail = serviceAccountStates[code ?? ''] ?? 'wrong-password';
  return new DirectoryFault('service-account-wrong', { server, serverCode, detail });
}

/** The fault of a refused write, without a detail: Windows and Samba use one number for short, simple and reused passwords. */
export function writeFault(result: LdapResult, server: string): DirectoryFault {
  const code = writeCode(result);
  const serverCode = `${result.code}${code === null ? '' : `/${code}`}`;
  return new DirectoryFault(writeFaultCode(result.code, code), { server, serverCode });
}

function writeFaultCode(result: number, code: string | null): DirectoryFaultCode {
  if (result === 32) return 'account-gone';
  // ERROR_ACCESS_DENIED (5), ERROR_DS_INSUFF_ACCESS_RIGHTS (2098)
  if (result === 50 || code === '5' || code === '2098') return 'right-missing';
  // ERROR_INVALID_PASSWORD
  if (code === '56') return 'current-password-wrong';
  // ERROR_PASSWORD_RESTRICTION, ERROR_ILL_FORMED_PASSWORD
  return code === '52d' || code === '52c' ? 'password-refused' : 'answer-invalid';
}
