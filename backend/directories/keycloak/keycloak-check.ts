import type { KeycloakSettings } from '../../../shared/api/directory-settings.ts';
import { noteFault, stepsOf } from '../external/connection-steps.ts';
import { DirectoryFault, type DirectoryRight } from '../external/directory-fault.ts';
import type { ConnectionReport, ConnectionStep } from '../external/connection-report.ts';
import type { EffectivePolicy } from '../external/effective-policy.ts';
import type { ExternalAccount } from '../external/external-directory.ts';
import { faultOfStatus, readFault } from '../external/http-faults.ts';
import { readServerCertificate } from '../ldap/server-certificate.ts';
import { recordsEvents } from './event-settings.ts';
import { unknownNamesOf } from './privileged-users.ts';
import type { RealmUsers } from './keycloak-accounts.ts';
import type { KeycloakClient } from './keycloak-client.ts';

/** What the role `manage-users` grants, as does a fine-grained permission to manage the users of a group. */
const rightsToManage: readonly DirectoryRight[] = [
  'reset-password',
  'write-must-change',
  'unlock',
  'enable',
  'end-sessions',
];

/** Checks the connection step by step: the realm, the client's sign-in, a user, the roles of the client. */
export async function checkRealm(
  client: KeycloakClient,
  users: RealmUsers,
  {
    settings,
    requestMs,
    policyOf,
  }: {
    readonly settings: KeycloakSettings;
    readonly requestMs: number;
    readonly policyOf: (account: ExternalAccount) => Promise<EffectivePolicy>;
  },
): Promise<ConnectionReport> {
  const { server } = client;
  const outcomes = new Map<ConnectionStep, DirectoryFault | null>();
  let missing: readonly DirectoryRight[] = [];
  let unknownNames: readonly string[] = [];
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
    outcomes.set('bind', null);
    current = 'read-base';
    const found = await users.sample();
    sample = found?.account ?? null;
    policy = sample === null ? null : await policyOf(sample);
    contactTimes = (await recordsEvents(client)) ? 'entry' : 'none';
    outcomes.set('read-base', null);
    unknownNames = await unknownNamesOf(client, settings);
    current = 'rights';
    missing = roles.includes('manage-users') || found?.isManageable === true ? [] : rightsToManage;
    outcomes.set('rights', null);
  } catch (thrown) {
    const fault = readFault(thrown, server);
    noteFault(outcomes, current, fault);
    if (fault.code === 'right-missing') missing = ['read-accounts'];
  }
  const certificate =
    outcomes.get('connect') === null ? await readCertificate(settings.url, requestMs) : null;
  return {
    sample,
    policy,
    contactTimes,
    servers: [
      {
        server,
        ...stepsOf(outcomes, { missing, unknown: [] }),
        unknownNames,
        certificate,
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
