import { randomBytes } from 'node:crypto';
import type { KeycloakSettings } from '../../../shared/api/directory-settings.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import { DirectoryFault, type DirectoryRight, type PasswordRefusal } from '../external/directory-fault.ts';
import {
  connectionSteps,
  type ConnectionReport,
  type ConnectionStep,
  type ExternalAccount,
  type ExternalCapabilities,
  type ExternalDirectory,
} from '../external/external-directory.ts';
import { readServerCertificate } from '../ldap/server-certificate.ts';
import {
  createKeycloakClient,
  fieldsOf,
  isUserId,
  textOf,
  type KeycloakCollaborators,
} from './keycloak-client.ts';
import { createKeycloakChanges } from './keycloak-changes.ts';
import { realmPolicy } from './realm-policy.ts';

type Fields = Readonly<Record<string, unknown>>;

const pageSize = 500;
const updatePassword = 'UPDATE_PASSWORD';

/** Why Keycloak refuses a password, by the error that it names; its words are in the realm's language. */
const refusals: Readonly<Record<string, PasswordRefusal>> = {
  invalidPasswordMinLengthMessage: 'too-short',
  invalidPasswordHistoryMessage: 'used-before',
  invalidPasswordMinDigitsMessage: 'not-complex',
  invalidPasswordMinUpperCaseCharsMessage: 'not-complex',
  invalidPasswordMinLowerCaseCharsMessage: 'not-complex',
  invalidPasswordMinSpecialCharsMessage: 'not-complex',
  invalidPasswordRegexPatternMessage: 'not-complex',
};

const unknownPassword = (): Secret => new Secret(`aA1!${randomBytes(24).toString('base64url')}`);
const listOf = (json: unknown): readonly Fields[] => (Array.isArray(json) ? json.map(fieldsOf) : []);

/** The adapter for a realm of Keycloak, by its administration API as the service account of a client. */
export function createKeycloak(
  settings: KeycloakSettings,
  clientSecret: Secret,
  collaborators: KeycloakCollaborators & {
    /** Milliseconds between two comparisons of all accounts, where the events of the realm may not be read. */
    readonly compareMs?: number;
  },
): ExternalDirectory {
  const { now, requestMs = 10_000, compareMs = 300_000 } = collaborators;
  const { attributes, privilegedGroups, privilegedRoles, canTryPasswords } = settings;
  const client = createKeycloakClient(settings, clientSecret, collaborators);
  const { server } = client;
  const read: DirectoryRight = 'read-accounts';

  /** The account of a user's description. What only a single read affords is given besides. */
  function accountOf(
    user: Fields,
    {
      isPrivileged,
      passwordSetAt = null,
      lock = null,
      signsInElsewhere = false,
    }: {
      readonly isPrivileged: boolean;
      readonly passwordSetAt?: number | null;
      readonly lock?: Pick<ExternalAccount, 'lockedSince' | 'lockedUntil'> | null;
      readonly signsInElsewhere?: boolean;
    },
  ): ExternalAccount | null {
    const key = textOf(user['id']);
    const userName = textOf(user['username']);
    if (key === null || userName === null || !isUserId(key)) return null;
    const held = fieldsOf(user['attributes']);
    const values = (name: string): readonly string[] => {
      const value = name === '' ? undefined : held[name];
      return Array.isArray(value)
        ? value.filter((each): each is string => typeof each === 'string' && each !== '')
        : [];
    };
    const fullName = [textOf(user['firstName']), textOf(user['lastName'])]
      .filter((part) => part !== null)
      .join(' ');
    const actions = user['requiredActions'];
    return {
      key,
      userName,
      displayName: fullName === '' ? userName : fullName,
      email: textOf(user['email']),
      phones: attributes.phones.flatMap(values),
      employeeNumber: values(attributes.employeeNumber)[0] ?? null,
      department: values(attributes.department)[0] ?? null,
      manager: values(attributes.manager)[0] ?? null,
      isPrivileged,
      disabled: user['enabled'] !== true,
      expiresAt: null,
      lockedSince: lock?.lockedSince ?? null,
      lockedUntil: lock?.lockedUntil ?? null,
      lockedAt: null,
      passwordSetAt,
      mustChange: Array.isArray(actions) && actions.includes(updatePassword),
      // A federation may keep the password in another directory, which then is the one to reset it in.
      signsInElsewhere: signsInElsewhere || textOf(user['federationLink']) !== null,
    };
  }

  const userPath = (key: string) => `/users/${encodeURIComponent(key)}`;
  const gone = () => new DirectoryFault('account-gone', { server });

  async function readUser(key: string): Promise<Fields> {
    if (!isUserId(key)) throw gone();
    const { status, json } = await client.get(`${userPath(key)}?userProfileMetadata=false`, read);
    // A service account is a user as well, and none of the desk's.
    if (status === 404 || fieldsOf(json)['serviceAccountClientId'] !== undefined) throw gone();
    return fieldsOf(json);
  }

  async function find(key: string): Promise<ExternalAccount> {
    const user = await readUser(key);
    const [credentials, identities, attempts, isPrivileged] = await Promise.all([
      client.get(`${userPath(key)}/credentials`, read),
      client.get(`${userPath(key)}/federated-identity`, read),
      client.get(`/attack-detection/brute-force/users/${encodeURIComponent(key)}`, read),
      isPrivilegedUser(key),
    ]);
    const password = listOf(credentials.json).find(({ type }) => type === 'password');
    const setAt = password?.['createdDate'];
    const { disabled, lastFailure, failedLoginNotBefore } = fieldsOf(attempts.json);
    const until = Number(failedLoginNotBefore ?? 0) * 1000;
    const account = accountOf(user, {
      isPrivileged,
      passwordSetAt: typeof setAt === 'number' ? setAt : null,
      lock:
        disabled === true
          ? { lockedSince: Number(lastFailure ?? 0), lockedUntil: until > 0 ? until : null }
          : null,
      signsInElsewhere: password === undefined && listOf(identities.json).length > 0,
    });
    if (account === null) throw gone();
    return account;
  }

  async function isPrivilegedUser(key: string): Promise<boolean> {
    if (privilegedRoles.length > 0) {
      const { json } = await client.get(`${userPath(key)}/role-mappings/realm/composite`, read);
      if (listOf(json).some(({ name }) => privilegedRoles.includes(String(name)))) return true;
    }
    if (privilegedGroups.length === 0) return false;
    const { json } = await client.get(`${userPath(key)}/groups?max=1000`, read);
    return listOf(json).some(({ path }) =>
      privilegedGroups.some((group) => path === group || String(path).startsWith(`${group}/`)),
    );
  }

  /** Pages of a list that Keycloak answers by position. */
  async function* pages(path: string, right: DirectoryRight, signal?: AbortSignal) {
    const separator = path.includes('?') ? '&' : '?';
    for (let first = 0; ; first += pageSize) {
      signal?.throwIfAborted();
      const { json } = await client.get(`${path}${separator}first=${first}&max=${pageSize}`, right, signal);
      const page = listOf(json);
      if (page.length > 0) yield page;
      if (page.length < pageSize) return;
    }
  }

  /** The ids of all privileged users, for many accounts. */
  async function readPrivileged(signal?: AbortSignal): Promise<ReadonlySet<string>> {
    const ids = new Set<string>();
    const collect = async (path: string) => {
      for await (const page of pages(path, read, signal)) for (const { id } of page) ids.add(String(id));
    };
    const collectGroup = async (id: string): Promise<void> => {
      await collect(`/groups/${encodeURIComponent(id)}/members?briefRepresentation=true`);
      for await (const page of pages(`/groups/${encodeURIComponent(id)}/children`, read, signal))
        for (const child of page) await collectGroup(String(child['id']));
    };
    for (const group of privilegedGroups) {
      const path = group.split('/').filter(Boolean).map(encodeURIComponent).join('/');
      const { status, json } = await client.get(`/group-by-path/${path}`, read, signal);
      if (status !== 404) await collectGroup(String(fieldsOf(json)['id']));
    }
    for (const role of privilegedRoles) {
      const path = `/roles/${encodeURIComponent(role)}`;
      await collect(`${path}/users?briefRepresentation=true`);
      for await (const page of pages(`${path}/groups`, read, signal))
        for (const group of page) await collectGroup(String(group['id']));
    }
    return ids;
  }

  async function write(
    method: 'PUT' | 'POST' | 'DELETE',
    path: string,
    body: unknown,
    right: DirectoryRight,
  ): Promise<void> {
    const { status, json } = await client.write(method, path, body, right);
    if (status >= 200 && status < 300) return;
    if (status === 404) throw gone();
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

  async function setPassword(key: string, password: Secret, { temporary }: { readonly temporary: boolean }) {
    await readUser(key);
    await write(
      'PUT',
      `${userPath(key)}/reset-password`,
      { type: 'password', temporary, value: password.expose() },
      'reset-password',
    );
    const after = await find(key).catch(() => null);
    return { passwordSetAt: after?.passwordSetAt ?? null };
  }

  async function verify(key: string, password: Secret) {
    const account = await find(key);
    if (!canTryPasswords) throw new DirectoryFault('not-possible', { server });
    if (account.disabled) return 'disabled';
    // Keycloak answers the same for a locked account as for a wrong password.
    if (account.lockedSince !== null) return 'locked';
    const { error, description } = await client.tryPassword(account.userName, password);
    if (error === null) return 'right';
    if (error === 'unauthorized_client') throw new DirectoryFault('not-possible', { server });
    // Something is demanded at the next sign-in, which Keycloak says only after a right password.
    if (/not fully set up/i.test(description)) return account.mustChange ? 'must-change' : 'right';
    return /disabled/i.test(description) ? 'disabled' : 'wrong';
  }

  const byPassword = canTryPasswords ? true : 'not-configured';
  const capabilities: ExternalCapabilities = {
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
    writeContact: 'not-configured',
  };

  async function* readAll(signal: AbortSignal) {
    const privileged = await readPrivileged(signal);
    for await (const page of pages('/users?briefRepresentation=false', read, signal))
      yield page.flatMap(
        (user) => accountOf(user, { isPrivileged: privileged.has(String(user['id'])) }) ?? [],
      );
  }
  const changes = createKeycloakChanges({
    now,
    compareMs,
    pages,
    readAll,
    readAccount: async (key) => {
      try {
        return await find(key);
      } catch (thrown) {
        if (thrown instanceof DirectoryFault && thrown.code === 'account-gone') return null;
        throw thrown;
      }
    },
  });

  async function check(): Promise<ConnectionReport> {
    const outcomes = new Map<ConnectionStep, DirectoryFault | null>();
    let missing: readonly DirectoryRight[] = [];
    let sample: ExternalAccount | null = null;
    let current: ConnectionStep = 'connect';
    try {
      const { status } = await client.realm();
      outcomes.set('connect', null);
      outcomes.set('certificate', null);
      current = 'bind';
      if (status !== 200) throw new DirectoryFault('answer-invalid', { server, serverCode: String(status) });
      const roles = await client.signInAnew();
      outcomes.set('bind', null);
      current = 'read-base';
      const { json } = await client.get('/users?max=1&briefRepresentation=false', read);
      const [user] = listOf(json);
      sample = user === undefined ? null : accountOf(user, { isPrivileged: false });
      outcomes.set('read-base', null);
      current = 'rights';
      missing = roles.includes('manage-users')
        ? []
        : ['reset-password', 'write-must-change', 'unlock', 'enable', 'end-sessions'];
      outcomes.set('rights', null);
    } catch (thrown) {
      const fault =
        thrown instanceof DirectoryFault ? thrown : new DirectoryFault('answer-invalid', { server });
      if (fault.code.startsWith('certificate-')) {
        outcomes.set('connect', null);
        outcomes.set('certificate', fault);
      } else outcomes.set(current, fault);
    }
    const { hostname, port, protocol } = new URL(settings.url);
    const isShown = protocol === 'https:' && outcomes.get('connect') === null;
    return {
      sample,
      servers: [
        {
          server,
          steps: connectionSteps.map((step) => {
            const fault = outcomes.get(step);
            if (fault === undefined) return { step, outcome: 'not-tried', fault: null };
            return fault === null
              ? { step, outcome: 'passed', fault: null }
              : { step, outcome: 'failed', fault: fault.code };
          }),
          certificate: isShown
            ? await readServerCertificate(
                { host: hostname.replaceAll(/^\[|\]$/g, ''), port: port === '' ? 443 : Number(port) },
                'tls',
                requestMs,
              )
            : null,
          missingRights: missing,
          unknownRights: [],
          clockAhead: null,
        },
      ],
    };
  }

  return {
    kind: 'keycloak',
    capabilities,
    check,
    read: async (key) => {
      try {
        return await find(key);
      } catch (thrown) {
        if (thrown instanceof DirectoryFault && thrown.code === 'account-gone') return null;
        throw thrown;
      }
    },
    setTemporaryPassword: (key, password) => setPassword(key, password, { temporary: true }),
    setOwnPassword: (key, password) => setPassword(key, password, { temporary: false }),
    changePassword: async (key, current, next) => {
      const outcome = await verify(key, current);
      if (outcome !== 'right' && outcome !== 'must-change')
        throw new DirectoryFault('current-password-wrong', { server });
      await setPassword(key, next, { temporary: false });
    },
    replaceByUnknown: async (key, setAt) => {
      const { passwordSetAt, mustChange } = await find(key);
      if (passwordSetAt !== setAt || !mustChange) return 'changed-since';
      await setPassword(key, unknownPassword(), { temporary: true });
      return 'replaced';
    },
    unlock: async (key) => {
      await readUser(key);
      await write(
        'DELETE',
        `/attack-detection/brute-force/users/${encodeURIComponent(key)}`,
        undefined,
        'unlock',
      );
    },
    setEnabled: async (key, enabled) => {
      // The whole description, since Keycloak empties the attributes that an update leaves out.
      const user = await readUser(key);
      await write('PUT', userPath(key), { ...user, enabled }, 'enable');
    },
    endSessions: async (key) => {
      await readUser(key);
      await write('POST', `${userPath(key)}/logout`, undefined, 'end-sessions');
    },
    verifyPassword: verify,
    effectivePolicy: async (key) => {
      await readUser(key);
      return realmPolicy(fieldsOf((await client.get('', 'read-policy')).json));
    },
    readAll,
    async *readKeys(signal) {
      for await (const page of pages('/users?briefRepresentation=true', read, signal))
        yield page.map(({ id }) => String(id));
    },
    changesSince: (cursor, signal) => changes.since(cursor, signal),
    close: async () => {
      client.close();
    },
  };
}
