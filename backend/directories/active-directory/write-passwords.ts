import type { Control } from 'ldapts';
import type { Secret } from '../../../shared/secret/secret.ts';
import { explained, type DirectoryRight, type PasswordRefusal } from '../external/directory-fault.ts';
import type { EffectivePolicy } from '../external/effective-policy.ts';
import { change, type LdapChange, type LdapConnection } from '../ldap/ldap-connection.ts';
import { LdapResult } from '../ldap/ldap-requests.ts';
import { afterWrite } from '../ldap/ldap-servers.ts';
import { policyHints } from './controls.ts';
import { writeFault } from './diagnostic-codes.ts';
import type { FoundAccount } from './find-accounts.ts';
import { likelyRefusal } from './password-policy.ts';
import { readRights } from './rights.ts';

/** `unicodePwd` takes the password in quotation marks as UTF-16. */
const encoded = (password: Secret): Buffer => Buffer.from(`"${password.expose()}"`, 'utf16le');

/** Changes an entry. Throws a fault with the reason why the directory refused. */
export async function writeEntry(
  connection: LdapConnection,
  dn: string,
  changes: readonly LdapChange[],
  {
    right,
    controls = [],
    refusal,
  }: {
    /** The right that the write needs. Called only after a refusal. */
    readonly right: () => Promise<DirectoryRight> | DirectoryRight;
    readonly controls?: readonly Control[];
    readonly refusal?: () => Promise<PasswordRefusal>;
  },
): Promise<void> {
  try {
    await connection.modify(dn, changes, controls);
  } catch (thrown) {
    if (!(thrown instanceof LdapResult)) throw thrown;
    const fault = writeFault(thrown, connection.server);
    if (fault.code === 'right-missing')
      throw explained(fault, (await afterWrite(async () => right())) ?? null);
    if (fault.code === 'password-refused' && refusal !== undefined)
      throw explained(fault, (await afterWrite(refusal)) ?? 'other');
    throw fault;
  }
}

/** Finds which of the two rights of a reset is missing after a refusal, because the directory does not name it. */
async function missingResetRight(connection: LdapConnection, dn: string): Promise<DirectoryRight> {
  const { missing } = await readRights(connection, dn, { canEnable: false });
  return missing.includes('reset-password') || !missing.includes('write-must-change')
    ? 'reset-password'
    : 'write-must-change';
}

/** What tells why the directory refused a password. */
interface ExplainRefusal {
  readonly policy: () => Promise<EffectivePolicy>;
  readonly now: () => number;
}

/** Sets a password as the service account. */
export async function setPassword(
  connection: LdapConnection,
  { dn, account }: FoundAccount,
  password: Secret,
  {
    mustChange,
    hasPolicyHints,
    policy,
    now,
  }: ExplainRefusal & { readonly mustChange: boolean; readonly hasPolicyHints: boolean },
): Promise<void> {
  const checksHistory = hasPolicyHints && !mustChange;
  await writeEntry(
    connection,
    dn,
    [
      change('replace', 'unicodePwd', [encoded(password)]),
      // -1 means "now": the next sign-in demands no change.
      change('replace', 'pwdLastSet', [mustChange ? '0' : '-1']),
    ],
    {
      right: () => missingResetRight(connection, dn),
      controls: checksHistory ? [await policyHints()] : [],
      refusal: async () =>
        likelyRefusal(password.expose(), {
          userName: account.userName,
          policy: await policy(),
          passwordSetAt: account.passwordSetAt,
          checksHistory,
          now: now(),
        }),
    },
  );
}

/**
 * Changes a password with the current one. A user whose password must be changed cannot sign in by LDAP and does not need to: every user may change a
 * password with the current one.
 */
export async function changePassword(
  connection: LdapConnection,
  { dn, account }: FoundAccount,
  current: Secret,
  next: Secret,
  { policy, now }: ExplainRefusal,
): Promise<void> {
  await writeEntry(
    connection,
    dn,
    [change('delete', 'unicodePwd', [encoded(current)]), change('add', 'unicodePwd', [encoded(next)])],
    {
      right: () => 'reset-password',
      refusal: async () =>
        likelyRefusal(next.expose(), {
          userName: account.userName,
          policy: await policy(),
          passwordSetAt: account.mustChange ? null : account.passwordSetAt,
          checksHistory: true,
          now: now(),
        }),
    },
  );
}
