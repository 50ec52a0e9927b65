import { startActiveDirectoryLab } from './active-directory-lab.ts';
import { startKeycloakLab } from './keycloak-lab.ts';
import type { DirectoryLab } from './lab.ts';
import { startOpenldapLab } from './ldap-lab.ts';

/** A real directory, and what an administrator of the desk fills in for it. */
export interface PlayedDirectory {
  readonly lab: DirectoryLab;
  readonly kind: DirectoryLab['kind'];
  readonly fields: Readonly<Record<string, string>>;
}

async function openldap(): Promise<PlayedDirectory> {
  const lab = await startOpenldapLab();
  const { baseDn } = lab.ldap;
  const fields = {
    servers: `${lab.server.host}:${lab.server.port}`,
    baseDn,
    serviceAccount: `cn=helpdesk,ou=services,${baseDn}`,
    include: `ou=people,${baseDn}`,
    defaultPolicy: `cn=default,ou=policies,${baseDn}`,
    authorities: lab.authorities,
  };
  return { lab, kind: 'ldap', fields };
}

async function activeDirectory(): Promise<PlayedDirectory> {
  const lab = await startActiveDirectoryLab();
  const fields = {
    servers: `${lab.server.host}:${lab.server.port}`,
    baseDn: lab.samba.baseDn,
    serviceAccount: 'helpdesk@corp.test',
    include: lab.staff,
    authorities: lab.authority,
  };
  return { lab, kind: 'active-directory', fields };
}

async function keycloak(): Promise<PlayedDirectory> {
  const lab = await startKeycloakLab();
  const { url, realm } = lab.keycloak;
  const fields = { url, realm, clientId: 'reset-desk', authorities: lab.authority };
  return { lab, kind: 'keycloak', fields };
}

/** The directories that the main job can be played against in the console. */
export const playedDirectories = { openldap, 'active-directory': activeDirectory, keycloak } as const;
