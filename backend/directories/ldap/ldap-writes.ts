import type { Secret } from '../../../shared/secret/secret.ts';
import type { DirectoryRight } from '../external/directory-fault.ts';
import type { LdapChange, LdapConnection } from './ldap-connection.ts';
import { ldapLibrary, LdapResult } from './ldap-requests.ts';
import { policyControl, writeFault } from './password-policy-answer.ts';

/** Modify Password (RFC 3062). */
export const modifyPasswordId = '1.3.6.1.4.1.4203.1.11.1';

/** Changes an entry. Throws a fault with the reason why the server refused. */
export async function writeEntry(
  connection: LdapConnection,
  dn: string,
  changes: readonly LdapChange[],
  right: DirectoryRight,
): Promise<void> {
  const control = await policyControl();
  try {
    await connection.modify(dn, changes, [control]);
  } catch (thrown) {
    if (!(thrown instanceof LdapResult)) throw thrown;
    throw writeFault(thrown, control.value?.error, connection.server, right);
  }
}

/** Sets a password by Modify Password (RFC 3062), so that the server hashes it. */
export async function modifyPassword(
  connection: LdapConnection,
  {
    dn,
    current,
    next,
  }: {
    readonly dn: string;
    /** Null if another account than its user sets the password. */
    readonly current: Secret | null;
    readonly next: Secret;
  },
): Promise<void> {
  const { BerWriter } = await ldapLibrary();
  const value = new BerWriter();
  value.startSequence();
  value.writeString(dn, 0x80);
  if (current !== null) value.writeString(current.expose(), 0x81);
  value.writeString(next.expose(), 0x82);
  value.endSequence();
  const control = await policyControl();
  try {
    await connection.extended(modifyPasswordId, value.buffer, [control]);
  } catch (thrown) {
    if (!(thrown instanceof LdapResult)) throw thrown;
    throw writeFault(thrown, control.value?.error, connection.server, 'reset-password');
  }
}
