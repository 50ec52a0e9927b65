import { DirectoryFault, orOnFault } from '../external/directory-fault.ts';
import type { SignInMethod, SignInMethods } from '../external/external-directory.ts';
import { textOf, type Fields } from '../external/json-fields.ts';
import type { TenantUsers } from './entra-accounts.ts';
import { faultOfAnswer, serverCodeOf, type GraphClient } from './graph-client.ts';
import { isGranted } from './permissions.ts';

const right = 'sign-in-methods';

interface MethodType {
  readonly kind: SignInMethod['kind'];
  /** The list from which a method of this type is deleted. */
  readonly list: string;
  /** The property that a user recognises the method by. */
  readonly label: string | null;
}

/** The types of Microsoft Graph v1.0 that can be deleted. A password cannot. */
const methodTypes: Readonly<Record<string, MethodType>> = {
  phoneAuthenticationMethod: { kind: 'phone', list: 'phoneMethods', label: 'phoneNumber' },
  microsoftAuthenticatorAuthenticationMethod: {
    kind: 'authenticator-app',
    list: 'microsoftAuthenticatorMethods',
    label: 'displayName',
  },
  fido2AuthenticationMethod: { kind: 'security-key', list: 'fido2Methods', label: 'displayName' },
  windowsHelloForBusinessAuthenticationMethod: {
    kind: 'windows-hello',
    list: 'windowsHelloForBusinessMethods',
    label: 'displayName',
  },
  softwareOathAuthenticationMethod: { kind: 'one-time-codes', list: 'softwareOathMethods', label: null },
  emailAuthenticationMethod: { kind: 'email', list: 'emailMethods', label: 'emailAddress' },
  platformCredentialAuthenticationMethod: {
    kind: 'platform-credential',
    list: 'platformCredentialMethods',
    label: 'displayName',
  },
  externalAuthenticationMethod: {
    kind: 'external',
    list: 'externalAuthenticationMethods',
    label: 'displayName',
  },
  temporaryAccessPassAuthenticationMethod: {
    kind: 'access-pass',
    list: 'temporaryAccessPassMethods',
    label: null,
  },
};
const passwordType = 'passwordAuthenticationMethod';

const typeNameOf = (fields: Fields): string =>
  /^#microsoft\.graph\.(\w+)$/.exec(textOf(fields['@odata.type']) ?? '')?.[1] ?? '';

/** A method as Graph lists it; null for a password and for an entry without an id. */
function methodOf(fields: Fields): SignInMethod | null {
  const id = textOf(fields['id']);
  const typeName = typeNameOf(fields);
  if (id === null || typeName === passwordType) return null;
  const type = methodTypes[typeName];
  const added = Date.parse(textOf(fields['createdDateTime']) ?? '');
  return {
    id,
    kind: type?.kind ?? 'other',
    label: type?.label == null ? null : textOf(fields[type.label]),
    addedAt: Number.isNaN(added) ? null : added,
  };
}

/** The sign-in methods of a tenant's users, which the tenant's own sign-in demands besides the password. */
export function createSignInMethods(client: GraphClient, users: TenantUsers): SignInMethods {
  const { server } = client;
  const list = async (key: string): Promise<readonly Fields[]> => {
    const all: Fields[] = [];
    for await (const page of client.pages(`/users/${key}/authentication/methods`, right)) all.push(...page);
    return all;
  };
  return {
    async list(key) {
      await users.find(key);
      return (await list(key)).flatMap((fields) => methodOf(fields) ?? []);
    },
    async remove(key, methodId) {
      await users.find(key);
      const found = (await list(key)).find(({ id }) => id === methodId);
      // It was removed in the meantime.
      if (found === undefined) return;
      const type = methodTypes[typeNameOf(found)];
      if (type === undefined) throw new DirectoryFault('not-possible', { server });
      const path = `/users/${key}/authentication/${type.list}/${encodeURIComponent(methodId)}`;
      const answer = await client.write('DELETE', path);
      if ((answer.status >= 200 && answer.status < 300) || answer.status === 404) return;
      const serverCode = serverCodeOf(answer);
      // Graph keeps the default method as long as there are others.
      if (answer.status === 400) throw new DirectoryFault('not-possible', { server, serverCode });
      if (answer.status === 403 && isGranted(await client.granted(), right))
        throw new DirectoryFault('right-missing', {
          server,
          serverCode,
          detail: (await orOnFault(users.isPrivileged(key), false)) ? 'reset-privileged' : 'directory-role',
        });
      throw faultOfAnswer(answer, right, server);
    },
  };
}
