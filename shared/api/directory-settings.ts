import { z } from 'zod';
import { typedLine } from './typed-text.ts';

/** Deep organisations have long distinguished names and filters. */
const dn = typedLine(1000).min(1);
const attribute = z
  .string()
  .trim()
  .regex(/^[A-Za-z][A-Za-z0-9;.-]*$/, 'This is not an attribute name.')
  .max(100);

const ldapServer = z.object({
  host: typedLine(253).min(1),
  /** 636 for TLS, 389 for StartTLS, unless the server listens elsewhere. */
  port: z.int().min(1).max(65_535),
});

/** Passwords are never sent without TLS: either from the first byte (`tls`, LDAPS) or after StartTLS (`start-tls`). */
const encryption = z.enum(['tls', 'start-tls']).default('tls');

/** Certificates (PEM) of authorities, or of the server itself, that are trusted for this directory besides those of Settings, Certificates. */
const authorities = z
  .string()
  .max(512 * 1024)
  .default('');

/** Which accounts belong to the desk. The desk neither reads nor changes an account outside this scope. */
const ldapScope = z
  .object({
    /** Organisational units; accounts below any of them. Empty for the whole base. */
    include: z.array(dn).max(50).default([]),
    /** Organisational units below which no account is read. */
    exclude: z.array(dn).max(50).default([]),
    /** Groups; only their members, direct or nested. Empty for all. */
    groups: z.array(dn).max(50).default([]),
    /** An additional LDAP filter, such as `(employeeType=staff)`; empty for none. */
    filter: typedLine(2000).default(''),
  })
  .prefault({});

/** The attributes of an account. An attribute that the directory does not have is empty. */
const ldapAttributes = z.object({
  userName: attribute,
  displayName: attribute,
  email: attribute.or(z.literal('')),
  /** The most trusted number first. */
  phones: z.array(attribute).max(5),
  employeeNumber: attribute.or(z.literal('')),
  department: attribute.or(z.literal('')),
  manager: attribute.or(z.literal('')),
});
export type LdapAttributes = z.infer<typeof ldapAttributes>;

/** The usual attributes of Active Directory. */
export const activeDirectoryAttributes: LdapAttributes = {
  userName: 'sAMAccountName',
  displayName: 'displayName',
  email: 'mail',
  phones: ['mobile', 'telephoneNumber'],
  employeeNumber: 'employeeID',
  department: 'department',
  manager: 'manager',
};

/** The usual attributes of `inetOrgPerson`. */
export const inetOrgPersonAttributes: LdapAttributes = {
  userName: 'uid',
  displayName: 'cn',
  email: 'mail',
  phones: ['mobile', 'telephoneNumber'],
  employeeNumber: 'employeeNumber',
  department: 'departmentNumber',
  manager: 'manager',
};

export const activeDirectorySettings = z
  .object({
    kind: z.literal('active-directory'),
    /** The domain's DNS name, such as `example.com`: its controllers are found by DNS where `servers` is empty. */
    domain: typedLine(253).default(''),
    /** The controllers, in the order in which they are tried; empty to find them by DNS. */
    servers: z.array(ldapServer).max(10).default([]),
    encryption,
    authorities,
    /** Such as `DC=example,DC=com`. */
    baseDn: dn,
    /** User principal name (`reset-desk@example.com`), `EXAMPLE\reset-desk` or distinguished name. */
    serviceAccount: dn,
    scope: ldapScope,
    attributes: ldapAttributes.default(activeDirectoryAttributes),
    /** Groups whose members, direct or nested, are privileged, besides the accounts that Active Directory protects itself. */
    privilegedGroups: z.array(dn).max(50).default([]),
    /** The service account may also enable and disable accounts (write `userAccountControl`), which is more than the three delegated rights. */
    canEnable: z.boolean().default(false),
  })
  .refine(({ domain, servers }) => domain !== '' || servers.length > 0, {
    path: ['servers'],
    error: 'Enter a domain controller, or the name of the domain.',
  });
export type ActiveDirectorySettings = z.infer<typeof activeDirectorySettings>;

/** The LDAP servers with built-in support. They differ in their attributes for policy, lock and key. */
export const ldapPresets = ['openldap', '389-ds', 'freeipa', 'generic'] as const;
export type LdapPreset = (typeof ldapPresets)[number];

export const ldapSettings = z.object({
  kind: z.literal('ldap'),
  preset: z.enum(ldapPresets),
  /** In the order in which they are tried. */
  servers: z.array(ldapServer).min(1).max(10),
  encryption,
  authorities,
  baseDn: dn,
  /** Distinguished name. */
  serviceAccount: dn,
  scope: ldapScope,
  attributes: ldapAttributes.default(inetOrgPersonAttributes),
  /** Groups (`groupOfNames`, `groupOfUniqueNames`, `posixGroup`) whose members are privileged. */
  privilegedGroups: z.array(dn).max(50).default([]),
  /** The policy entry of accounts that name none, such as `cn=default,ou=policies,dc=example,dc=com` of OpenLDAP's ppolicy; empty where it is not known. */
  defaultPolicy: dn.or(z.literal('')).default(''),
  /** The service account may also enable and disable accounts. */
  canEnable: z.boolean().default(false),
});
export type LdapSettings = z.infer<typeof ldapSettings>;

export const keycloakSettings = z.object({
  kind: z.literal('keycloak'),
  /** Such as `https://login.example.com`, with Keycloak's path if it has one. */
  url: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .refine(
      (url) => /^https:|^http:\/\/(localhost|127(\.\d+){3}|\[::1\])([:/]|$)/.test(url),
      'Enter an https address. Passwords are sent only over https.',
    ),
  realm: typedLine(200).min(1),
  /** The client whose service account has `manage-users` and `view-users`. */
  clientId: typedLine(200).min(1),
  authorities,
  /** User attributes of Keycloak; empty for what the realm does not have. */
  attributes: z
    .object({
      phones: z.array(typedLine(100)).max(5),
      employeeNumber: typedLine(100),
      department: typedLine(100),
      manager: typedLine(100),
    })
    .default({
      phones: ['phoneNumber'],
      employeeNumber: 'employeeNumber',
      department: 'department',
      manager: 'manager',
    }),
  /** Realm roles whose holders are privileged. */
  privilegedRoles: z.array(typedLine(200).min(1)).max(50).default([]),
  /** Groups, as paths such as `/staff/administrators`, whose members are privileged. */
  privilegedGroups: z.array(typedLine(500).min(1)).max(50).default([]),
  /** Whether the client has direct access grants, which let the desk check a user's password and change it with the current one. */
  canTryPasswords: z.boolean().default(false),
});
export type KeycloakSettings = z.infer<typeof keycloakSettings>;

/** The national clouds of Microsoft, each with addresses of its own. */
export const entraClouds = ['global', 'us-government', 'us-government-dod', 'china'] as const;
export type EntraCloud = (typeof entraClouds)[number];

const objectId = z.guid('This is not an object ID.');
/** `https` alone, since the application's secret and new passwords are sent there; without a path. */
const origin = z
  .url({ protocol: /^https$/ })
  .max(500)
  .refine((url) => /^https:\/\/[^/?#@]+\/?$/.test(url), 'Enter https:// and the host alone.')
  .or(z.literal(''))
  .default('');

export const entraSettings = z
  .object({
    kind: z.literal('entra'),
    /** The tenant's ID, or one of its domains such as `example.onmicrosoft.com`. */
    tenant: z
      .string()
      .trim()
      .regex(
        /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/,
        'Enter the ID of the tenant, or one of its domains.',
      ),
    /** The application's (client) ID. */
    clientId: z.guid('Enter the application (client) ID.'),
    /** How the application signs in: with a client secret, or with a certificate, whose private key is then the secret. */
    credential: z.enum(['certificate', 'secret']).default('certificate'),
    /** The application's certificate (PEM), with an RSA key, as it is registered in the tenant. */
    certificate: z
      .string()
      .trim()
      .regex(/^[ -~\t\r\n]*$/, 'Paste the certificate as PEM.')
      .max(32 * 1024)
      .default(''),
    cloud: z.enum(entraClouds).default('global'),
    /** The addresses of the sign-in and of Microsoft Graph; empty for those of the cloud. */
    signInUrl: origin,
    graphUrl: origin,
    authorities,
    /** The phone numbers to read, the trusted one first. */
    phones: z.array(z.enum(['mobilePhone', 'businessPhones'])).default(['mobilePhone', 'businessPhones']),
    /** Object IDs of groups whose members, direct or nested, are privileged, besides those who have a role in the directory. */
    privilegedGroups: z.array(objectId).max(50).default([]),
    /** New passwords of synchronised accounts are written back to the directory that they come from. */
    writesBack: z.boolean().default(false),
    /** The application may also enable and disable accounts (`User.EnableDisableAccount.All`). */
    canEnable: z.boolean().default(false),
    /** Whether the application may issue Temporary Access Passes (`UserAuthMethod-TAP.ReadWrite.All`). */
    givesPasses: z.boolean().default(false),
    /** Whether the application may read and remove sign-in methods (`UserAuthenticationMethod.ReadWrite.All`). */
    removesMethods: z.boolean().default(false),
  })
  .refine(
    ({ credential, certificate }) =>
      credential === 'secret' || certificate.startsWith('-----BEGIN CERTIFICATE-----'),
    {
      path: ['certificate'],
      error: 'Paste the certificate as PEM: it begins with -----BEGIN CERTIFICATE-----.',
    },
  );
export type EntraSettings = z.infer<typeof entraSettings>;

/** How an external directory is reached and read. The service account's password or the client's secret is kept apart, sealed. */
export const externalDirectorySettings = z.discriminatedUnion('kind', [
  activeDirectorySettings,
  ldapSettings,
  keycloakSettings,
  entraSettings,
]);
export type ExternalDirectorySettings = z.infer<typeof externalDirectorySettings>;
