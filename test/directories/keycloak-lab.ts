import { createKeycloak } from '../../backend/directories/keycloak/keycloak-directory.ts';
import type { ExternalDirectory } from '../../backend/directories/external/external-directory.ts';
import { keycloakSettings } from '../../shared/api/directory-settings.ts';
import { Secret } from '../../shared/secret/secret.ts';
import { makeCertificateAuthority } from '../fixtures/certificate-authority.ts';
import { startKeycloak, type Keycloak } from '../fixtures/keycloak.ts';
import { adapterCollaborators, bridgeTo } from './lab-parts.ts';
import { servicePassword, startPassword, type DirectoryLab } from './lab.ts';

export interface KeycloakLab extends DirectoryLab {
  readonly keycloak: Keycloak;
  readonly certificates: Awaited<ReturnType<typeof makeCertificateAuthority>>;
  idOf(userName: string): Promise<string>;
  connectWith(settings: object): ExternalDirectory;
}

interface Described {
  readonly id: string;
  readonly attributes?: Readonly<Record<string, readonly string[]>>;
}

const passwordPolicy = 'length(10) and passwordHistory(3)';

/**
 * A realm that locks after three tries, with a client that manages users and reads events, and one that may only read users. Returns the id of a
 * privileged group.
 */
async function prepareRealm({ admin }: Keycloak): Promise<string> {
  await admin('PUT', '', {
    passwordPolicy,
    bruteForceProtected: true,
    failureFactor: 3,
    waitIncrementSeconds: 600,
    editUsernameAllowed: true,
    eventsEnabled: true,
    adminEventsEnabled: true,
  });
  // Without this, Keycloak drops attributes that the profile does not name, and asks users without an email address for one.
  await admin('PUT', '/users/profile', {
    unmanagedAttributePolicy: 'ENABLED',
    attributes: ['username', 'email', 'firstName', 'lastName'].map((name) => ({
      name,
      permissions: { view: ['admin', 'user'], edit: ['admin', 'user'] },
    })),
  });
  const [management] = (await admin('GET', '/clients?clientId=realm-management')) as Described[];
  for (const [clientId, roles] of [
    ['reset-desk', ['manage-users', 'view-users', 'view-events', 'view-realm']],
    ['reader', ['view-users']],
  ] as const) {
    const id = String(
      await admin('POST', '/clients', {
        clientId,
        secret: servicePassword,
        publicClient: false,
        standardFlowEnabled: false,
        serviceAccountsEnabled: true,
        directAccessGrantsEnabled: clientId === 'reset-desk',
      }),
    );
    const account = (await admin('GET', `/clients/${id}/service-account-user`)) as Described;
    const path = `/clients/${management?.id}/roles`;
    const granted = await Promise.all(roles.map((role) => admin('GET', `${path}/${role}`)));
    await admin('POST', `/users/${account.id}/role-mappings/clients/${management?.id}`, granted);
  }
  const outer = String(await admin('POST', '/groups', { name: 'outer' }));
  const inner = (await admin('POST', `/groups/${outer}/children`, { name: 'inner' })) as Described;
  return inner.id;
}

const says: DirectoryLab['says'] = {
  used: 'used-before',
  short: 'too-short',
  locked: 'locked',
  disabled: 'disabled',
  missingRights: ['reset-password', 'write-must-change', 'unlock', 'enable', 'end-sessions'],
  policy: {
    from: 'realm',
    minLength: 10,
    complexity: false,
    history: 3,
    minAge: 0,
    lockoutThreshold: 3,
    unreadable: [],
  },
  hasLockEnd: true,
  lockedAt: null,
  resetUnlocks: false,
  isOneWrite: true,
  hasUnits: false,
  changeTimes: 'entry',
};

/** A Keycloak with a realm that is prepared for the contract. */
export async function startKeycloakLab(
  options: Parameters<typeof startKeycloak>[1] = {},
): Promise<KeycloakLab> {
  const certificates = await makeCertificateAuthority();
  const keycloak = await startKeycloak(certificates.server, options);
  const { admin, port, realm } = keycloak;
  const privilegedGroup = await prepareRealm(keycloak);
  const idOf = async (userName: string) => {
    const [user] = (await admin('GET', `/users?exact=true&username=${userName}`)) as Described[];
    if (user === undefined) throw new Error(`${userName} was not found`);
    return user.id;
  };
  const change = async (userName: string, changes: object) => {
    const id = await idOf(userName);
    const user = (await admin('GET', `/users/${id}`)) as Described;
    await admin('PUT', `/users/${id}`, { ...user, ...changes });
  };
  const settings = {
    kind: 'keycloak',
    url: keycloak.url,
    realm,
    clientId: 'reset-desk',
    authorities: certificates.authority,
    attributes: {
      phones: ['mobile', 'phone'],
      employeeNumber: 'employee',
      department: 'department',
      manager: 'manager',
    },
    privilegedGroups: ['/outer'],
    canTryPasswords: true,
  };
  const create = (changes: object, secret: string, requestMs = 20_000, clockAheadMs = 0) =>
    createKeycloak(keycloakSettings.parse({ ...settings, ...changes }), new Secret(secret), {
      ...adapterCollaborators,
      now: () => Date.now() + clockAheadMs,
      compareMs: 0,
      requestMs,
    });
  return {
    keycloak,
    idOf,
    settings,
    settingsAt: ({ host, port: at }) => ({ ...settings, url: `https://${host}:${at}` }),
    connectWith: (changes) => create(changes, servicePassword),
    kind: 'keycloak',
    capabilities: {
      temporaryPassword: true,
      forceChange: true,
      unlock: true,
      endSessions: true,
      enable: true,
      verifyPassword: true,
      historyOnResets: true,
    },
    server: { host: '127.0.0.1', port },
    authority: certificates.authority,
    certificates,
    connect: ({
      servers,
      servicePassword: secret = servicePassword,
      withoutRights,
      authority,
      timeoutMs,
      clockAheadMs,
    } = {}) =>
      create(
        {
          ...(servers?.[0] && { url: `https://${servers[0].host}:${servers[0].port}` }),
          ...(authority !== undefined && { authorities: authority }),
          ...(withoutRights === true && { clientId: 'reader' }),
        },
        secret,
        timeoutMs,
        clockAheadMs,
      ),
    add: async ({
      userName,
      displayName,
      email,
      phones,
      employeeNumber,
      department,
      manager,
      isPrivileged,
    }) => {
      const [firstName, lastName] = displayName?.split(' ') ?? [];
      const id = String(
        await admin('POST', '/users', {
          username: userName,
          enabled: true,
          ...(displayName !== undefined && { firstName, lastName }),
          ...(email !== undefined && { email }),
          credentials: [{ type: 'password', value: startPassword, temporary: false }],
          attributes: {
            ...(phones !== undefined && { mobile: [phones[0]], phone: [phones[1]] }),
            ...(employeeNumber !== undefined && { employee: [employeeNumber] }),
            ...(department !== undefined && { department: [department] }),
            ...(manager !== undefined && { manager: [await idOf(manager)] }),
          },
        }),
      );
      if (isPrivileged === true) await admin('PUT', `/users/${id}/groups/${privilegedGroup}`);
      return id;
    },
    keyOf: idOf,
    rename: (userName, next) => change(userName, { username: next }),
    moveOutside: () => Promise.reject(new Error('A realm has no units')),
    remove: async (userName) => void (await admin('DELETE', `/users/${await idOf(userName)}`)),
    setPhone: (userName, phone) => change(userName, { attributes: { mobile: [phone] } }),
    through: bridgeTo({ host: '127.0.0.1', port }, certificates),
    writeMark: '/reset-password',
    readerSettings: { clientId: 'reader' },
    sabotage: {
      refusesBecause: 'not-complex',
      // A pattern is for Keycloak alone to read.
      demandLonger: async () => {
        await admin('PUT', '', { passwordPolicy: `${passwordPolicy} and regexPattern(^[a-z]{60}$)` });
        return async () => void (await admin('PUT', '', { passwordPolicy }));
      },
    },
    says,
    stop: () => keycloak.stop(),
  };
}
