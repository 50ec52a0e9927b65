import type { KeycloakSettings } from '../../../shared/api/directory-settings.ts';
import { noteFault, stepsOf } from '../external/connection-steps.ts';
import { DirectoryFault, type DirectoryRight } from '../external/directory-fault.ts';
import type { ConnectionReport, ConnectionStep } from '../external/connection-report.ts';
import type { EffectivePolicy } from '../external/effective-policy.ts';
import type { ExternalAccount } from '../external/external-directory.ts';
import { faultOfStatus, readFault } from '../external/http-faults.ts';
import { readServerCertificate } from '../ldap/server-certificate.ts';
import type { RealmUsers } from './keycloak-accounts.ts';
import type { KeycloakClient } from './keycloak-client.ts';

/** Checks the connection step by step: the realm, the client's sign-in, a user, the roles of the client. */
export async function checkRealm(
  client: KeycloakClient,
  users: RealmUsers,
  {
    url,
    requestMs,
    policyOf,
  }: Pick<KeycloakSettings, 'url'> & {
    readonly requestMs: number;
    readonly policyOf: (account: ExternalAccount) => Promise<EffectivePolicy>;
  },
): Promise<ConnectionReport> {
  const { server } = client;
  const outcomes = new Map<ConnectionStep, DirectoryFault | null>();
  let missingRights: readonly DirectoryRight[] = [];
  let sample: ExternalAccount | null = null;
  let policy: EffectivePolicy | null = null;
  let contactTimes: ConnectionReport['contactTimes'] = null;
  let current: ConnectionStep = 'connect';
  try {
    const { status } = await client.realm();
    if (status !== 200 && status !== 404) throw faultOfStatus(status, null, { server });
    outcomes.set('connect', null);
    outcomes.set('certificate', null);
    current = 'read-base';
    if (status === 404) throw new DirectoryFault('realm-unknown', { server, serverCode: '404' });
    current = 'bind';
    const roles = await client.signInAnew();
    contactTimes = roles.includes('view-events') ? 'entry' : 'none';
    outcomes.set('bind', null);
    current = 'read-base';
    sample = await users.sample();
    policy = sample === null ? null : await policyOf(sample);
    outcomes.set('read-base', null);
    current = 'rights';
    missingRights = roles.includes('manage-users')
      ? []
      : ['reset-password', 'write-must-change', 'unlock', 'enable', 'end-sessions'];
    outcomes.set('rights', null);
  } catch (thrown) {
    noteFault(outcomes, current, readFault(thrown, server));
  }
  const certificate = outcomes.get('connect') === null ? await readCertificate(url, requestMs) : null;
  return {
    sample,
    policy,
    contactTimes,
    servers: [
      {
        server,
        steps: stepsOf(outcomes),
        certificate,
        missingRights,
        unknownRights: [],
        clockAhead: client.clockAhead(),
      },
    ],
  };
}

/** Null without TLS. */
async function readCertificate(url: string, timeoutMs: number) {
  const { hostname, port, protocol } = new URL(url);
  if (protocol !== 'https:') return null;
  const host = hostname.replaceAll(/^\[|\]$/g, '');
  return readServerCertificate({ host, port: port === '' ? 443 : Number(port) }, 'tls', timeoutMs);
}
