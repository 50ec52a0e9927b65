import { DirectoryFault, type DirectoryRight, type PasswordRefusal } from '../external/directory-fault.ts';
import { fieldsOf, textOf } from '../external/json-fields.ts';
import type { KeycloakClient } from './keycloak-client.ts';

/** Why Keycloak refuses a password, by the error's code. The error's text is in the realm's language. */
const refusals: Readonly<Record<string, PasswordRefusal>> = {
  invalidPasswordMinLengthMessage: 'too-short',
  invalidPasswordMaxLengthMessage: 'too-long',
  invalidPasswordHistoryMessage: 'used-before',
  invalidPasswordMinDigitsMessage: 'not-complex',
  invalidPasswordMinUpperCaseCharsMessage: 'not-complex',
  invalidPasswordMinLowerCaseCharsMessage: 'not-complex',
  invalidPasswordMinSpecialCharsMessage: 'not-complex',
  invalidPasswordRegexPatternMessage: 'not-complex',
  invalidPasswordNotUsernameMessage: 'contains-name',
  invalidPasswordNotContainsUsernameMessage: 'contains-name',
  invalidPasswordNotEmailMessage: 'contains-name',
  invalidPasswordBlacklistedMessage: 'forbidden',
};

/** Sends a write. Throws a fault with the reason why Keycloak refused. */
export async function write(
  client: KeycloakClient,
  method: 'PUT' | 'POST' | 'DELETE',
  path: string,
  { body, right }: { readonly body?: unknown; readonly right: DirectoryRight },
): Promise<void> {
  const { server } = client;
  const { status, json } = await client.write(method, path, body, right);
  if (status >= 200 && status < 300) return;
  if (status === 404) throw new DirectoryFault('account-gone', { server });
  const serverCode = String(status);
  const error = textOf(fieldsOf(json)['error']) ?? '';
  if (status === 400 && /^(invalidPassword|error-|password)/i.test(error))
    throw new DirectoryFault('password-refused', {
      server,
      serverCode,
      detail: refusals[error] ?? 'other',
    });
  throw new DirectoryFault('answer-invalid', { server, serverCode });
}
