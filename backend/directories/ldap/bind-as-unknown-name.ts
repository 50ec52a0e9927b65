import { randomUUID } from 'node:crypto';
import type { Secret } from '../../../shared/secret/secret.ts';
import type { LdapConnection } from './ldap-connection.ts';
import { LdapResult } from './ldap-requests.ts';

/** Tries a password for a name that does not exist, as {@link ExternalDirectory.verifyUnknownName} does. Whatever the server answers is a refusal. */
export async function bindAsUnknownName(
  connection: LdapConnection,
  baseDn: string,
  password: Secret,
): Promise<void> {
  try {
    await connection.bind(`cn=${randomUUID()},${baseDn}`, password);
  } catch (thrown) {
    if (!(thrown instanceof LdapResult)) throw thrown;
  }
}
