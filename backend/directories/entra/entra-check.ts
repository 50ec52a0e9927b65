import type { EntraSettings } from '../../../shared/api/directory-settings.ts';
import { noteFault, stepsOf } from '../external/connection-steps.ts';
import { DirectoryFault, type DirectoryRight } from '../external/directory-fault.ts';
import type { ConnectionReport, ConnectionStep } from '../external/connection-report.ts';
import type { ExternalAccount } from '../external/external-directory.ts';
import { faultOfStatus, readFault } from '../external/http-faults.ts';
import { readServerCertificate } from '../ldap/server-certificate.ts';
import { addressesOf } from './cloud-addresses.ts';
import type { TenantUsers } from './entra-accounts.ts';
import type { GraphClient } from './graph-client.ts';
import { tenantPolicy } from './tenant-policy.ts';
import { unknownGroups } from './privileged-users.ts';
import { hasPasswordRole, isGranted, missingRights, type Granted } from './permissions.ts';

/** Checks the connection step by step: the tenant, the application's sign-in, one user, and the permissions in the token. */
export async function checkTenant(
  client: GraphClient,
  users: TenantUsers,
  settings: EntraSettings,
  requestMs: number,
): Promise<ConnectionReport> {
  const { server } = client;
  const outcomes = new Map<ConnectionStep, DirectoryFault | null>();
  let granted: Granted | null = null;
  let unknownNames: readonly string[] = [];
  let sample: ExternalAccount | null = null;
  let current: ConnectionStep = 'connect';
  try {
    const { status } = await client.tenant();
    // Microsoft answers 400 for a tenant that does not exist.
    const isUnknown = status === 400 || status === 404;
    if (status !== 200 && !isUnknown) throw faultOfStatus(status, null, { server });
    outcomes.set('connect', null);
    outcomes.set('certificate', null);
    current = 'read-base';
    if (isUnknown) throw new DirectoryFault('realm-unknown', { server, serverCode: String(status) });
    current = 'bind';
    granted = await client.signInAnew();
    outcomes.set('bind', null);
    current = 'read-base';
    if (isGranted(granted, 'read-accounts') && isGranted(granted, 'read-domains')) {
      sample = await users.sample();
      outcomes.set('read-base', null);
    } else outcomes.set('read-base', new DirectoryFault('right-missing', { server }));
    outcomes.set('rights', null);
    if (!missingRights(granted, settings).includes('read-groups'))
      unknownNames = await unknownGroups(client, settings);
  } catch (thrown) {
    noteFault(outcomes, current, readFault(thrown, server));
  }
  const missing = granted === null ? [] : missingRights(granted, settings);
  const unknown: readonly DirectoryRight[] =
    granted !== null && !hasPasswordRole(granted) ? ['directory-role', 'reset-privileged'] : [];
  return {
    sample,
    policy: sample === null ? null : tenantPolicy,
    contactTimes: sample === null ? null : 'none',
    servers: [
      {
        server,
        ...stepsOf(outcomes, { missing, unknown }),
        unknownNames,
        certificate: outcomes.get('connect') === null ? await readCertificate(settings, requestMs) : null,
        clockAhead: client.clockAhead(),
      },
    ],
  };
}

/** The certificate of Microsoft Graph, or of the sign-in server if that is the untrusted one. */
function readCertificate(settings: EntraSettings, timeoutMs: number) {
  const { hostname, port } = new URL(addressesOf(settings).graph);
  const host = hostname.replaceAll(/^\[|\]$/g, '');
  return readServerCertificate({ host, port: port === '' ? 443 : Number(port) }, 'tls', timeoutMs);
}
