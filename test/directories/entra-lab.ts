import { createEntra } from '../../backend/directories/entra/entra-directory.ts';
import type { EntraCollaborators } from '../../backend/directories/entra/graph-transport.ts';
import type { ExternalDirectory } from '../../backend/directories/external/external-directory.ts';
import { entraSettings } from '../../shared/api/directory-settings.ts';
import { Secret } from '../../shared/secret/secret.ts';
import { makeCertificateAuthority, type IssuedCertificate } from '../fixtures/certificate-authority.ts';
import { makeApplicationCertificate } from '../fixtures/entra/application-certificate.ts';
import { startEntraTenant, tenantId, type EntraTenant } from '../fixtures/entra/entra-tenant.ts';
import type { RegisteredApplication } from '../fixtures/entra/tenant-sign-in.ts';
import type { TenantUser } from '../fixtures/entra/tenant-users.ts';
import { adapterCollaborators, bridgeTo } from './lab-parts.ts';
import { servicePassword, startPassword, type DirectoryLab } from './lab.ts';

export interface EntraLab extends DirectoryLab {
  readonly tenant: EntraTenant;
  readonly application: RegisteredApplication;
  /** The application's certificate. */
  readonly certificate: IssuedCertificate;
  connectWith(settings: object, more?: Partial<EntraCollaborators>, secret?: string): ExternalDirectory;
  userOf(userName: string): TenantUser;
}

const permissions = [
  'User.Read.All',
  'Domain.Read.All',
  'RoleManagement.Read.Directory',
  'GroupMember.Read.All',
  'User-PasswordProfile.ReadWrite.All',
  'User.RevokeSessions.All',
  'User.EnableDisableAccount.All',
  'UserAuthMethod-TAP.ReadWrite.All',
  'UserAuthenticationMethod.ReadWrite.All',
];
const userAdministrator = 'fe930be7-5e62-47db-91af-98c3a49a38b1';

const says: DirectoryLab['says'] = {
  used: 'used-before',
  short: 'not-complex',
  refused: { password: 'Contoso-4711-Passw0rd', notice: 'asks for more kinds of characters' },
  locked: 'locked',
  disabled: 'disabled',
  missingRights: ['reset-password', 'end-sessions', 'enable'],
  policy: { from: 'tenant', minLength: 8, complexity: true, minAge: 0, unreadable: ['lockoutThreshold'] },
  hasLockEnd: false,
  lockedAt: null,
  resetUnlocks: false,
  isOneWrite: true,
  hasUnits: false,
  changeTimes: 'none',
};

/** Starts a simulated tenant, prepared for the contract tests. No real tenant is available. */
export async function startEntraLab(): Promise<EntraLab> {
  const [certificates, certificate] = await Promise.all([
    makeCertificateAuthority(),
    makeApplicationCertificate(),
  ]);
  const application: RegisteredApplication = {
    clientId: '0f2d6a0e-6f0b-4f55-8b54-0a4b0c1d2e3f',
    secret: servicePassword,
    certificate: certificate.cert,
    permissions,
    roles: [userAdministrator],
  };
  const reader: RegisteredApplication = {
    ...application,
    clientId: '1f2d6a0e-6f0b-4f55-8b54-0a4b0c1d2e3f',
    permissions: permissions.filter(
      (permission) => permission.includes('Read') && !permission.includes('Write'),
    ),
  };
  const tenant = await startEntraTenant(certificates.server, [application, reader]);
  const inner = tenant.addObject('group', 'inner', [tenant.addObject('group', 'outer').id]);
  const [outer] = [...inner.memberOf];
  const userOf = (userName: string): TenantUser => {
    const user = tenant.byName(userName);
    if (user === undefined) throw new Error(`${userName} was not found`);
    return user;
  };
  const settings = {
    kind: 'entra',
    tenant: tenantId,
    clientId: application.clientId,
    credential: 'secret',
    signInUrl: tenant.origin,
    graphUrl: tenant.origin,
    authorities: certificates.authority,
    privilegedGroups: [outer],
    canEnable: true,
  };
  const at = ({ host, port }: { readonly host: string; readonly port: number }) => ({
    signInUrl: `https://${host}:${port}`,
    graphUrl: `https://${host}:${port}`,
  });
  const create = (changes: object, secret: string, more: Partial<EntraCollaborators> = {}) =>
    createEntra(entraSettings.parse({ ...settings, ...changes }), new Secret(secret), {
      ...adapterCollaborators,
      requestMs: 20_000,
      ...more,
    });
  const signIn: DirectoryLab['signIn'] = async (key, password) => {
    const user = tenant.users.get(key);
    if (user === undefined || user.password !== password) return 'wrong';
    if (!user.accountEnabled) return 'disabled';
    return user.mustChange ? 'must-change' : 'right';
  };
  return {
    tenant,
    application,
    certificate,
    userOf,
    keyOf: async (userName) => userOf(userName).id,
    settings,
    settingsAt: (server) => ({ ...settings, ...at(server) }),
    connectWith: (changes, more, secret = servicePassword) => create(changes, secret, more),
    kind: 'entra',
    capabilities: {
      temporaryPassword: true,
      forceChange: true,
      unlock: 'not-in-this-kind',
      lockState: 'not-in-this-kind',
      endSessions: true,
      enable: true,
      ownChange: 'not-in-this-kind',
      verifyPassword: 'not-in-this-kind',
      historyOnResets: 'resets-skip-history',
    },
    server: { host: '127.0.0.1', port: tenant.port },
    authority: certificates.authority,
    certificates,
    connect: ({
      servers,
      servicePassword: secret = servicePassword,
      withoutRights,
      authority,
      timeoutMs,
    } = {}) =>
      create(
        {
          ...(servers?.[0] && at(servers[0])),
          ...(authority !== undefined && { authorities: authority }),
          ...(withoutRights === true && { clientId: reader.clientId }),
        },
        secret,
        timeoutMs === undefined ? {} : { requestMs: timeoutMs },
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
    }) =>
      tenant.addUser({
        userPrincipalName: userName,
        password: startPassword,
        displayName: displayName ?? null,
        mail: email ?? null,
        mobilePhone: phones?.[0] ?? null,
        businessPhones: phones === undefined ? [] : [phones[1]],
        employeeId: employeeNumber ?? null,
        department: department ?? null,
        manager: manager === undefined ? null : userOf(manager).id,
        memberOf: new Set(isPrivileged === true ? [inner.id] : []),
      }).id,
    rename: async (userName, next) => {
      const user = userOf(userName);
      user.userPrincipalName = next;
      tenant.changed(user);
    },
    moveOutside: () => Promise.reject(new Error('A tenant has no units')),
    remove: async (userName) => tenant.remove(userOf(userName)),
    setPhone: async (userName, phone) => {
      const user = userOf(userName);
      user.mobilePhone = phone;
      tenant.changed(user);
    },
    signIn,
    changeAsUser: async (key, current, next) => {
      const user = tenant.users.get(key);
      if (user?.password !== current) throw new Error('The current password is wrong');
      tenant.setPassword(user, next, { mustChange: false });
    },
    through: bridgeTo({ host: '127.0.0.1', port: tenant.port }, certificates),
    readerSettings: {},
    writeMark: 'forceChangePasswordNextSignIn',
    says,
    stop: () => tenant.stop(),
  };
}
