import { DirectoryFault } from '../external/directory-fault.ts';
import type { SignInMethod, SignInMethods } from '../external/external-directory.ts';
import { listOf, textOf, type Fields } from '../external/json-fields.ts';
import type { RealmUsers } from './keycloak-accounts.ts';
import type { KeycloakClient } from './keycloak-client.ts';
import { userPath } from './realm-paths.ts';
import { write } from './write.ts';

const right = 'sign-in-methods';

interface CredentialType {
  readonly kind: SignInMethod['kind'];
  /** The required action in which the user sets up another one; null for none. */
  readonly replacedBy: string | null;
}

/** The types of credentials that Keycloak has besides the password. */
const credentialTypes: Readonly<Record<string, CredentialType>> = {
  otp: { kind: 'one-time-codes', replacedBy: 'CONFIGURE_TOTP' },
  webauthn: { kind: 'security-key', replacedBy: 'webauthn-register' },
  'webauthn-passwordless': { kind: 'security-key', replacedBy: null },
  'recovery-authn-codes': { kind: 'recovery-codes', replacedBy: null },
};

/** The password, and former ones that a realm with a history keeps. */
const passwordTypes = new Set(['password', 'password-history']);

/** A method as Keycloak lists it; null for a password and for an entry without an id. */
function methodOf(fields: Fields): SignInMethod | null {
  const id = textOf(fields['id']);
  const type = textOf(fields['type']) ?? '';
  const addedAt = fields['createdDate'];
  if (id === null || passwordTypes.has(type)) return null;
  return {
    id,
    kind: credentialTypes[type]?.kind ?? 'other',
    label: textOf(fields['userLabel']),
    addedAt: typeof addedAt === 'number' ? addedAt : null,
  };
}

/** The second factors that a realm keeps for its users. */
export function createSignInMethods(client: KeycloakClient, users: RealmUsers): SignInMethods {
  const { server } = client;
  const list = async (key: string) => listOf((await client.get(`${userPath(key)}/credentials`, right)).json);

  /** Demands a new factor of this kind at the next sign-in. Sends the whole description, since Keycloak empties what an update omits. */
  async function demand(key: string, user: Fields, action: string): Promise<void> {
    const before = user['requiredActions'];
    const requiredActions = Array.isArray(before) ? before.map(String) : [];
    if (requiredActions.includes(action)) return;
    await write(client, 'PUT', userPath(key), {
      body: { ...user, requiredActions: [...requiredActions, action] },
      right,
    });
  }

  return {
    async list(key) {
      await users.readUser(key);
      return (await list(key)).flatMap((fields) => methodOf(fields) ?? []);
    },
    async remove(key, methodId) {
      const [user, all] = await Promise.all([users.readUser(key), list(key)]);
      const found = all.find(({ id }) => id === methodId);
      // It was removed in the meantime.
      if (found === undefined) return;
      const type = credentialTypes[textOf(found['type']) ?? ''];
      if (type === undefined) throw new DirectoryFault('not-possible', { server });
      const isLast = all.filter((other) => other['type'] === found['type']).length === 1;
      // Before the removal, so that no sign-in without a second factor falls between the two.
      if (isLast && type.replacedBy !== null) await demand(key, user, type.replacedBy);
      await write(client, 'DELETE', `${userPath(key)}/credentials/${encodeURIComponent(methodId)}`, {
        right,
      });
    },
  };
}
