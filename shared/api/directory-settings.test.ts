import { describe, expect, it } from 'vitest';
import { externalDirectorySettings } from './directory-settings.ts';

const activeDirectory = {
  kind: 'active-directory',
  servers: [{ host: 'dc1.example.com', port: 636 }],
  baseDn: 'DC=example,DC=com',
  serviceAccount: 'reset-desk@example.com',
};
const ldap = {
  kind: 'ldap',
  preset: 'openldap',
  servers: [{ host: 'ldap.example.com', port: 636 }],
  baseDn: 'dc=example,dc=com',
  serviceAccount: 'cn=reset-desk,dc=example,dc=com',
};
const keycloak = {
  kind: 'keycloak',
  url: 'https://login.example.com',
  realm: 'staff',
  clientId: 'reset-desk',
};

const entra = {
  kind: 'entra',
  tenant: 'example.onmicrosoft.com',
  clientId: '0f2d6a0e-6f0b-4f55-8b54-0a4b0c1d2e3f',
  credential: 'secret',
};

describe('the settings of an external directory', () => {
  it('have the usual attributes, TLS and the whole base as defaults', () => {
    expect(externalDirectorySettings.parse(activeDirectory)).toMatchObject({
      encryption: 'tls',
      attributes: { userName: 'sAMAccountName', phones: ['mobile', 'telephoneNumber'] },
      scope: { include: [], exclude: [], groups: [], filter: '' },
      canEnable: false,
    });
    expect(externalDirectorySettings.parse(ldap)).toMatchObject({ attributes: { userName: 'uid' } });
    expect(externalDirectorySettings.parse(keycloak)).toMatchObject({
      attributes: { phones: ['phoneNumber'] },
    });
  });
  it.each([
    ['Active Directory without controllers and domain', { ...activeDirectory, servers: [] }],
    ['LDAP without servers', { ...ldap, servers: [] }],
    ['LDAP without encryption', { ...ldap, encryption: 'none' }],
    ['an attribute that would change a filter', { ...ldap, attributes: { userName: 'uid)(x' } }],
    ['Keycloak over plain HTTP', { ...keycloak, url: 'http://login.example.com' }],
    [
      'Keycloak over plain HTTP at a name that begins like loopback',
      { ...keycloak, url: 'http://localhost.example.com' },
    ],
    ['Microsoft Entra ID with a certificate that is none', { ...entra, credential: 'certificate' }],
    ['a tenant that would change a path', { ...entra, tenant: '../common' }],
    ['a client ID that is none', { ...entra, clientId: 'reset-desk' }],
    ['Microsoft Graph over plain HTTP', { ...entra, graphUrl: 'http://127.0.0.1' }],
    ['an address of Microsoft Graph with a path', { ...entra, graphUrl: 'https://graph.example.com/v2' }],
    ['an address of Microsoft Graph with a name', { ...entra, graphUrl: 'https://graph@example.net' }],
    ['a privileged group by name', { ...entra, privilegedGroups: ['Administrators'] }],
    ['another kind', { ...keycloak, kind: 'nis' }],
  ])('refuse %s', (_what, settings) => {
    expect(externalDirectorySettings.safeParse(settings).success).toBe(false);
  });
  it.each([
    ['Active Directory with its domain alone', { ...activeDirectory, servers: [], domain: 'example.com' }],
    ['Microsoft Entra ID with a client secret', entra],
    ['Keycloak over plain HTTP on this computer', { ...keycloak, url: 'http://127.0.0.1:8180' }],
  ])('accept %s', (_what, settings) => {
    expect(externalDirectorySettings.safeParse(settings).success).toBe(true);
  });
});
