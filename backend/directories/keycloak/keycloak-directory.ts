import { randomUUID } from 'node:crypto';
import type { KeycloakSettings } from '../../../shared/api/directory-settings.ts';
import type { Secret } from '../../../shared/secret/secret.ts';
import { DirectoryFault, nullIfGone, orOnFault } from '../external/directory-fault.ts';
import type {
  ExternalCapabilities,
  ExternalDirectory,
  DirectoryWrites,
} from '../external/external-directory.ts';
import { createPolicyMemory } from '../external/policy-memory.ts';
import { stateOfTemporary, unknownPassword } from '../external/unknown-password.ts';
import { fieldsOf } from '../external/json-fields.ts';
import { createRealmUsers, type RealmUsers } from './keycloak-accounts.ts';
import { recordsEvents } from './event-settings.ts';
import { createKeycloakChanges } from './keycloak-changes.ts';
import { checkRealm } from './keycloak-check.ts';
import { createKeycloakClient, type KeycloakClient, type KeycloakCollaborators } from './keycloak-client.ts';
import { lockPath, userPath } from './realm-paths.ts';
import { policyFor, realmPolicy, type RealmPolicy } from './realm-policy.ts';
import { createSignInMethods } from './sign-in-methods.ts';
import { write } from './write.ts';

/** The parts of one realm that its reads and writes work with. */
interface Parts {
  readonly settings: KeycloakSettings;
  readonly client: KeycloakClient;
  readonly users: RealmUsers;
  readonly now: () => number;
}

function capabilitiesOf({ canTryPasswords }: KeycloakSettings): ExternalCapabilities {
  const byPassword = canTryPasswords ? true : 'not-configured';
  return {
    temporaryPassword: true,
    forceChange: true,
    unlock: true,
    lockState: true,
    endSessions: true,
    enable: true,
    ownChange: byPassword,
    verifyPassword: byPassword,
    historyOnResets: true,
    readPolicy: true,
    keepOldPassword: 'not-in-this-kind',
    temporaryExpires: 'not-in-this-kind',
    writeContact: 'not-by-reset-desk',
    accessPass: 'not-in-this-kind',
    signInMethods: true,
  };
}

/** Tries the user's password, which counts towards the lock. */
async function verify({ settings, client, users }: Parts, key: string, password: Secret) {
  const { server } = client;
  const account = await users.find(key);
  if (!settings.canTryPasswords) throw new DirectoryFault('not-possible', { server });
  // Keycloak answers the same for a locked account as for a wrong password.
  const obstacle = account.disabled ? 'disabled' : account.lockedSince === null ? null : 'locked';
  if (obstacle !== null) {
    await client.tryPassword(randomUUID(), password);
    return obstacle;
  }
  const { error, description } = await client.tryPassword(account.userName, password);
  if (error === null) return 'right';
  if (error === 'unauthorized_client') throw new DirectoryFault('not-possible', { server });
  // The next sign-in demands something, which Keycloak reports only after a right password.
  if (/not fully set up/i.test(description)) return account.mustChange ? 'must-change' : 'right';
  return /disabled/i.test(description) ? 'disabled' : 'wrong';
}

/** Reads the realm's password policy, which changes seldom, so it may be a minute old. */
function createRealmPolicy({ client, now }: Pick<Parts, 'client' | 'now'>) {
  const policies = createPolicyMemory<RealmPolicy>(now);
  const read = async () => realmPolicy(fieldsOf((await client.get('', 'read-policy')).json));
  return () =>
    policies.of('', read).catch((thrown: unknown) => {
      // The realm judges the password itself.
      if (thrown instanceof DirectoryFault && thrown.code === 'right-missing') return realmPolicy({});
      throw thrown;
    });
}

function createWrites(parts: Parts, policy: () => Promise<RealmPolicy>): DirectoryWrites {
  const { client, users } = parts;
  async function set(key: string, password: Secret, { temporary }: { readonly temporary: boolean }) {
    await write(client, 'PUT', `${userPath(key)}/reset-password`, {
      body: { type: 'password', temporary, value: password.expose() },
      right: 'reset-password',
    });
    return { passwordSetAt: await orOnFault(users.passwordSetAt(key), null) };
  }
  /** Sets the password of a user of the desk's, not of a service account. */
  async function setPassword(key: string, password: Secret, temporary: { readonly temporary: boolean }) {
    await users.readUser(key);
    return set(key, password, temporary);
  }
  const unlock = (key: string) => write(client, 'DELETE', lockPath(key), { right: 'unlock' });
  const endSessions = (key: string) =>
    write(client, 'POST', `${userPath(key)}/logout`, { right: 'end-sessions' });
  return {
    prepareReset: async (key) => {
      const [account, effective] = await Promise.all([users.find(key), policy()]);
      return {
        account,
        server: client.server,
        policy: policyFor(effective, account.userName),
        setTemporaryPassword: (password) => set(key, password, { temporary: true }),
        unlock: () => unlock(key),
        endSessions: () => endSessions(key),
      };
    },
    setOwnPassword: (key, password) => setPassword(key, password, { temporary: false }),
    changePassword: async (key, current, next) => {
      const outcome = await verify(parts, key, current);
      if (outcome !== 'right' && outcome !== 'must-change')
        throw new DirectoryFault('current-password-wrong', { server: client.server });
      await setPassword(key, next, { temporary: false });
    },
    replaceByUnknown: async (key, setAt) => {
      const account = await users.find(key);
      if (!account.mustChange) return 'changed-since';
      const state = stateOfTemporary(account, setAt, { tellsDemand: true });
      if (state !== 'still') return state;
      const unknown = unknownPassword(policyFor(await policy(), account.userName));
      await setPassword(key, unknown, { temporary: true });
      return 'replaced';
    },
    unlock: async (key) => {
      await users.readUser(key);
      await unlock(key);
    },
    setEnabled: async (key, enabled) => {
      // Sends the whole description, since Keycloak empties the attributes that an update omits.
      const user = await users.readUser(key);
      await write(client, 'PUT', userPath(key), { body: { ...user, enabled }, right: 'enable' });
    },
    endSessions: async (key) => {
      await users.readUser(key);
      await endSessions(key);
    },
  };
}

/** The adapter for a realm of Keycloak, by its administration API as the service account of a client. */
export function createKeycloak(
  settings: KeycloakSettings,
  clientSecret: Secret,
  collaborators: KeycloakCollaborators & {
    /** Milliseconds between two comparisons of all accounts, for a realm whose events the client may not read. */
    readonly compareMs?: number;
  },
): ExternalDirectory {
  const { now, requestMs = 10_000, compareMs = 300_000 } = collaborators;
  const client = createKeycloakClient(settings, clientSecret, collaborators);
  const users = createRealmUsers(client, settings, now);
  const parts: Parts = { settings, client, users, now };
  const policy = createRealmPolicy(parts);
  const read = (key: string) => nullIfGone(users.describe(key));
  const changes = createKeycloakChanges({
    now,
    clockAhead: client.clockAhead,
    compareMs,
    isRecording: (signal) => recordsEvents(client, signal),
    pages: users.pages,
    readAll: users.readAll,
    readAccount: read,
  });
  return {
    kind: 'keycloak',
    capabilities: capabilitiesOf(settings),
    check: () =>
      checkRealm(client, users, {
        settings,
        requestMs,
        policyOf: async ({ userName }) => policyFor(await policy(), userName),
      }),
    read,
    signInMethods: createSignInMethods(client, users),
    ...createWrites(parts, policy),
    passwordTrace: async (key) => {
      const { passwordSetAt, mustChange } = await users.find(key);
      const { server } = client;
      return { server, passwordSetAt, mustChange, isOwn: null, clockAhead: client.clockAhead() };
    },
    verifyPassword: (key, password) => verify(parts, key, password),
    verifyUnknownName: async (likeKey, password) => {
      await users.find(likeKey);
      await client.tryPassword(randomUUID(), password);
    },
    readAll: users.readAll,
    async *readKeys(signal) {
      for await (const page of users.userPages('/users?briefRepresentation=true', 'read-accounts', signal))
        yield page.map(({ id }) => String(id));
    },
    changesSince: (cursor, signal) => changes.since(cursor, signal),
    close: async () => {
      client.close();
    },
  };
}
