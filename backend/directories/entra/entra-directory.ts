import type { EntraSettings } from '../../../shared/api/directory-settings.ts';
import type { Secret } from '../../../shared/secret/secret.ts';
import { DirectoryFault, nullIfGone } from '../external/directory-fault.ts';
import type { ExternalCapabilities, ExternalDirectory } from '../external/external-directory.ts';
import { textOf } from '../external/json-fields.ts';
import { createTenantUsers } from './entra-accounts.ts';
import { createEntraChanges } from './entra-changes.ts';
import { checkTenant } from './entra-check.ts';
import { createEntraWrites } from './entra-writes.ts';
import { createGraphClient } from './graph-client.ts';
import type { EntraCollaborators } from './graph-transport.ts';
import { createPasswordDomains } from './password-domains.ts';
import { createSignInMethods } from './sign-in-methods.ts';
import { createTemporaryAccessPasses } from './temporary-access-passes.ts';

const capabilitiesOf = ({ canEnable, givesPasses, removesMethods }: EntraSettings): ExternalCapabilities => ({
  temporaryPassword: true,
  forceChange: true,
  // Microsoft's lockout ends by itself. Graph can neither show it nor end it.
  unlock: 'not-in-this-kind',
  lockState: 'not-in-this-kind',
  endSessions: true,
  enable: canEnable ? true : 'not-configured',
  // Graph changes a password with the current one only for the user's own sign-in, and cannot verify passwords.
  ownChange: 'not-in-this-kind',
  verifyPassword: 'not-in-this-kind',
  historyOnResets: 'resets-skip-history',
  readPolicy: true,
  keepOldPassword: 'not-in-this-kind',
  temporaryExpires: 'not-in-this-kind',
  writeContact: 'not-by-reset-desk',
  accessPass: givesPasses ? true : 'not-configured',
  signInMethods: removesMethods ? true : 'not-configured',
});

/** The adapter for a tenant of Microsoft Entra ID. Uses Microsoft Graph v1.0 with application permissions. */
export function createEntra(
  settings: EntraSettings,
  secret: Secret,
  collaborators: EntraCollaborators,
): ExternalDirectory {
  const { now, requestMs = 10_000 } = collaborators;
  const client = createGraphClient(settings, secret, collaborators);
  const { server } = client;
  const users = createTenantUsers(client, createPasswordDomains(client, now), settings);
  const changes = createEntraChanges(client, users);
  const writes = createEntraWrites(client, users, collaborators);
  const notPossible = async (key: string): Promise<never> => {
    await users.find(key);
    throw new DirectoryFault('not-possible', { server });
  };
  return {
    kind: 'entra',
    capabilities: capabilitiesOf(settings),
    check: () => checkTenant(client, users, settings, requestMs),
    read: (key) => nullIfGone(users.describe(key)),
    passwordTrace: async (key) => {
      const { passwordSetAt, mustChange } = await users.find(key);
      // One address of many replicas, which may lag behind.
      return { server: null, passwordSetAt, mustChange, isOwn: null, clockAhead: client.clockAhead() };
    },
    ...writes,
    setEnabled: settings.canEnable ? writes.setEnabled : notPossible,
    ...(settings.givesPasses && { accessPasses: createTemporaryAccessPasses(client, users) }),
    ...(settings.removesMethods && { signInMethods: createSignInMethods(client, users) }),
    changePassword: notPossible,
    unlock: notPossible,
    verifyPassword: notPossible,
    verifyUnknownName: notPossible,
    readAll: users.readAll,
    async *readKeys(signal) {
      for await (const page of client.pages('/users?$select=id&$top=999', 'read-accounts', signal))
        yield page.flatMap(({ id }) => textOf(id)?.toLowerCase() ?? []);
    },
    changesSince: (cursor, signal) => changes.since(cursor, signal),
    close: async () => {
      client.close();
    },
  };
}
