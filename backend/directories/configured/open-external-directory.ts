import type { ExternalDirectorySettings } from '../../../shared/api/directory-settings.ts';
import type { Secret } from '../../../shared/secret/secret.ts';
import type { ReadTrust } from '../../outbound/trust.ts';
import { createActiveDirectory } from '../active-directory/active-directory.ts';
import { createEntra } from '../entra/entra-directory.ts';
import type { ExternalDirectory } from '../external/external-directory.ts';
import { createKeycloak } from '../keycloak/keycloak-directory.ts';
import { createLdapDirectory } from '../ldap/ldap-directory.ts';

export interface AdapterCollaborators {
  readonly trust: ReadTrust;
  readonly now: () => number;
  /** Milliseconds to connect, and for one answer; the adapters' own by default. */
  readonly timeouts?: { readonly connectMs: number; readonly requestMs: number };
}

/** Opens the adapter of the settings' kind. No connection is made yet. */
export function openExternalDirectory(
  settings: ExternalDirectorySettings,
  secret: Secret,
  collaborators: AdapterCollaborators,
): ExternalDirectory {
  const { timeouts } = collaborators;
  const overHttp = { ...collaborators, ...(timeouts && { requestMs: timeouts.requestMs }) };
  switch (settings.kind) {
    case 'active-directory':
      return createActiveDirectory(settings, secret, collaborators);
    case 'ldap':
      return createLdapDirectory(settings, secret, collaborators);
    case 'keycloak':
      return createKeycloak(settings, secret, overHttp);
    case 'entra':
      return createEntra(settings, secret, overHttp);
  }
}
