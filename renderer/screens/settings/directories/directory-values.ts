import type { EntraCloud, ExternalDirectorySettings } from '../../../../shared/api/directory-settings.ts';

/** The fields of the form; lists are texts with one entry a line. */
export interface DirectoryValues {
  kind: ExternalDirectorySettings['kind'];
  name: string;
  enabled: boolean;
  secret: string;
  authorities: string;
  // Active Directory and LDAP
  domain: string;
  servers: string;
  encryption: 'tls' | 'start-tls';
  preset: 'openldap' | '389-ds' | 'freeipa' | 'generic';
  baseDn: string;
  serviceAccount: string;
  include: string;
  exclude: string;
  groups: string;
  filter: string;
  canEnable: boolean;
  defaultPolicy: string;
  privilegedGroups: string;
  userName: string;
  displayName: string;
  email: string;
  phones: string;
  employeeNumber: string;
  department: string;
  manager: string;
  // Keycloak
  url: string;
  realm: string;
  clientId: string;
  privilegedRoles: string;
  canTryPasswords: boolean;
  // Microsoft Entra ID, whose application has a `clientId` as well
  tenant: string;
  credential: 'certificate' | 'secret';
  certificate: string;
  cloud: EntraCloud;
  signInUrl: string;
  graphUrl: string;
  givesPasses: boolean;
  removesMethods: boolean;
  writesBack: boolean;
}

/** The usual attributes of each kind. */
export const usualAttributes = {
  'active-directory': {
    userName: 'sAMAccountName',
    displayName: 'displayName',
    email: 'mail',
    phones: 'mobile, telephoneNumber',
    employeeNumber: 'employeeID',
    department: 'department',
    manager: 'manager',
  },
  ldap: {
    userName: 'uid',
    displayName: 'cn',
    email: 'mail',
    phones: 'mobile, telephoneNumber',
    employeeNumber: 'employeeNumber',
    department: 'departmentNumber',
    manager: 'manager',
  },
  keycloak: {
    userName: '',
    displayName: '',
    email: '',
    phones: 'phoneNumber',
    employeeNumber: 'employeeNumber',
    department: 'department',
    manager: 'manager',
  },
  // Microsoft's properties of users have one name each.
  entra: {},
} as const satisfies Record<DirectoryValues['kind'], Partial<DirectoryValues>>;

export const emptyValues = (kind: DirectoryValues['kind'] = 'active-directory'): DirectoryValues => ({
  kind,
  name: '',
  enabled: true,
  secret: '',
  authorities: '',
  domain: '',
  servers: '',
  encryption: 'tls',
  preset: 'openldap',
  baseDn: '',
  serviceAccount: '',
  include: '',
  exclude: '',
  groups: '',
  filter: '',
  canEnable: false,
  defaultPolicy: '',
  privilegedGroups: '',
  url: '',
  realm: '',
  clientId: '',
  privilegedRoles: '',
  canTryPasswords: false,
  tenant: '',
  credential: 'certificate',
  certificate: '',
  cloud: 'global',
  signInUrl: '',
  graphUrl: '',
  givesPasses: false,
  removesMethods: false,
  writesBack: false,
  userName: '',
  displayName: '',
  email: '',
  phones: '',
  employeeNumber: '',
  department: '',
  manager: '',
  ...usualAttributes[kind],
});

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
const namesOf = (text: string): string[] =>
  text
    .split(/[,\s]+/u)
    .map((name) => name.trim())
    .filter((name) => name !== '');

const defaultPort = { tls: 636, 'start-tls': 389 } as const;

/** `host`, `host:port` and `[v6]:port`. */
function serverOf(line: string, encryption: DirectoryValues['encryption']) {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/u.exec(line) ?? [];
  return {
    host: bracketed ?? plain ?? line,
    port: port === undefined ? defaultPort[encryption] : Number(port),
  };
}

/** The settings that the fields describe. The server reports which of them are wrong. */
export function settingsOf(values: DirectoryValues): ExternalDirectorySettings {
  const { kind, authorities } = values;
  if (kind === 'keycloak') {
    const { url, realm, clientId, employeeNumber, department, manager, canTryPasswords } = values;
    return {
      kind,
      url,
      realm,
      clientId,
      authorities,
      attributes: { phones: namesOf(values.phones), employeeNumber, department, manager },
      canTryPasswords,
      privilegedRoles: linesOf(values.privilegedRoles),
      privilegedGroups: linesOf(values.privilegedGroups),
    };
  }
  if (kind === 'entra') {
    const {
      tenant,
      clientId,
      credential,
      cloud,
      signInUrl,
      graphUrl,
      givesPasses,
      removesMethods,
      writesBack,
      canEnable,
    } = values;
    return {
      kind,
      tenant,
      clientId,
      credential,
      certificate: credential === 'certificate' ? values.certificate : '',
      cloud,
      signInUrl,
      graphUrl,
      authorities,
      phones: ['mobilePhone', 'businessPhones'],
      privilegedGroups: linesOf(values.privilegedGroups),
      givesPasses,
      removesMethods,
      writesBack,
      canEnable,
    };
  }
  const shared = {
    servers: linesOf(values.servers).map((line) => serverOf(line, values.encryption)),
    encryption: values.encryption,
    authorities,
    baseDn: values.baseDn,
    serviceAccount: values.serviceAccount,
    scope: {
      include: linesOf(values.include),
      exclude: linesOf(values.exclude),
      groups: linesOf(values.groups),
      filter: values.filter,
    },
    attributes: {
      userName: values.userName,
      displayName: values.displayName,
      email: values.email,
      phones: namesOf(values.phones),
      employeeNumber: values.employeeNumber,
      department: values.department,
      manager: values.manager,
    },
    privilegedGroups: linesOf(values.privilegedGroups),
    canEnable: values.canEnable,
  };
  return kind === 'ldap'
    ? { kind, preset: values.preset, defaultPolicy: values.defaultPolicy, ...shared }
    : { kind, domain: values.domain, ...shared };
}

/** The fields for stored settings. */
export function valuesOf(
  name: string,
  enabled: boolean,
  settings: ExternalDirectorySettings,
): DirectoryValues {
  const base = { ...emptyValues(settings.kind), name, enabled, authorities: settings.authorities };
  const privilegedGroups = settings.privilegedGroups.join('\n');
  if (settings.kind === 'keycloak') {
    const { url, realm, clientId, attributes, privilegedRoles, canTryPasswords } = settings;
    return {
      ...base,
      url,
      realm,
      clientId,
      canTryPasswords,
      ...attributes,
      phones: attributes.phones.join(', '),
      privilegedRoles: privilegedRoles.join('\n'),
      privilegedGroups,
    };
  }
  if (settings.kind === 'entra') {
    const {
      tenant,
      clientId,
      credential,
      certificate,
      cloud,
      signInUrl,
      graphUrl,
      givesPasses,
      removesMethods,
      writesBack,
      canEnable,
    } = settings;
    const application = { tenant, clientId, credential, certificate, cloud, signInUrl, graphUrl };
    return { ...base, ...application, givesPasses, removesMethods, writesBack, canEnable, privilegedGroups };
  }
  const { servers, encryption, baseDn, serviceAccount, scope, attributes, canEnable } = settings;
  return {
    ...base,
    servers: servers.map(({ host, port }) => `${host.includes(':') ? `[${host}]` : host}:${port}`).join('\n'),
    encryption,
    baseDn,
    serviceAccount,
    include: scope.include.join('\n'),
    exclude: scope.exclude.join('\n'),
    groups: scope.groups.join('\n'),
    filter: scope.filter,
    ...attributes,
    phones: attributes.phones.join(', '),
    privilegedGroups,
    canEnable,
    ...(settings.kind === 'ldap'
      ? { preset: settings.preset, defaultPolicy: settings.defaultPolicy }
      : { domain: settings.domain }),
  };
}
