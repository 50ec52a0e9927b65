import type { LdapSettings } from '../../../shared/api/directory-settings.ts';
import { DirectoryFault, type DirectoryRight } from '../external/directory-fault.ts';
import { stepsOf } from '../external/connection-steps.ts';
import type { ConnectionReport, ConnectionStep } from '../external/connection-report.ts';
import type { EffectivePolicy } from '../external/effective-policy.ts';
import type { ExternalAccount } from '../external/external-directory.ts';
import { nameOf, type LdapConnection, type LdapServer } from './ldap-connection.ts';
import { isWithin } from './ldap-entry.ts';
import { isThere } from './ldap-scope.ts';
import { faultOf, type LdapServers } from './ldap-servers.ts';
import { readServerCertificate } from './server-certificate.ts';

/** The findings of an adapter at a server at which the service account has signed in. */
export interface RightsReport {
  readonly missing: readonly DirectoryRight[];
  readonly unknown: readonly DirectoryRight[];
  readonly unknownNames: readonly string[];
  /** An account, with the password policy that applies to it. */
  readonly sample: {
    readonly account: ExternalAccount;
    readonly policy: EffectivePolicy;
    readonly contactTimes: ConnectionReport['contactTimes'];
  } | null;
}

type ServerReport = ConnectionReport['servers'][number];

const stepOf = (fault: DirectoryFault): ConnectionStep =>
  fault.code.startsWith('certificate-') ? 'certificate' : 'connect';

/** Checks each server: TLS, certificate, sign-in, then the adapter's own steps. */
export async function checkServers(
  servers: LdapServers,
  {
    encryption,
    now,
    timeoutMs,
    readBase,
    readRights,
  }: {
    readonly encryption: 'tls' | 'start-tls';
    readonly now: () => number;
    readonly timeoutMs: number;
    /** Throws a {@link DirectoryFault} if the base cannot be read; returns the server's clock in milliseconds. */
    readonly readBase: (connection: LdapConnection) => Promise<number | null>;
    readonly readRights: (connection: LdapConnection) => Promise<RightsReport>;
  },
): Promise<ConnectionReport> {
  let sample: RightsReport['sample'] = null;
  async function checkOne(server: LdapServer): Promise<ServerReport> {
    const name = nameOf(server);
    const outcomes = new Map<ConnectionStep, DirectoryFault | null>();
    let rights: RightsReport = { missing: [], unknown: [], unknownNames: [], sample: null };
    let clock: number | null = null;
    let current: ConnectionStep = 'connect';
    let connection: LdapConnection | null = null;
    try {
      const opened = await servers.open(server);
      connection = opened;
      outcomes.set('connect', null);
      outcomes.set('certificate', null);
      const steps = {
        bind: () => servers.signIn(opened),
        'read-base': async () => {
          const before = now();
          const at = await readBase(opened);
          clock = at === null ? null : at - Math.round((before + now()) / 2);
        },
        rights: async () => {
          rights = await readRights(opened);
        },
      };
      for (const step of ['bind', 'read-base', 'rights'] as const) {
        current = step;
        await steps[step]();
        outcomes.set(step, null);
      }
    } catch (thrown) {
      const fault = asFault(thrown, name);
      const failed = connection === null ? stepOf(fault) : current;
      if (failed === 'certificate') outcomes.set('connect', null);
      outcomes.set(failed, fault);
    } finally {
      connection?.close();
    }
    sample ??= rights.sample;
    return {
      server: name,
      ...stepsOf(outcomes, rights),
      unknownNames: rights.unknownNames,
      certificate:
        outcomes.get('connect') === null ? await readServerCertificate(server, encryption, timeoutMs) : null,
      clockAhead: clock,
    };
  }
  try {
    const found = await servers.list();
    const reports = await Promise.all(found.map(checkOne));
    return { servers: reports, ...previewOf(sample) };
  } catch (thrown) {
    // DNS names no controller.
    const fault = asFault(thrown, '');
    return {
      servers: [
        {
          server: fault.server ?? '',
          ...stepsOf(new Map([['connect', fault]])),
          unknownNames: [],
          certificate: null,
          clockAhead: null,
        },
      ],
      ...previewOf(sample),
    };
  }
}

const previewOf = (
  sample: RightsReport['sample'],
): Pick<ConnectionReport, 'contactTimes' | 'policy' | 'sample'> => ({
  sample: sample?.account ?? null,
  policy: sample?.policy ?? null,
  contactTimes: sample?.contactTimes ?? null,
});

const asFault = (thrown: unknown, server: string): DirectoryFault => {
  const fault = faultOf(thrown, server);
  return fault instanceof DirectoryFault ? fault : new DirectoryFault('answer-invalid', { server });
};

type Named = Pick<LdapSettings, 'baseDn' | 'privilegedGroups' | 'scope'>;

/** Throws `base-unknown` if the directory does not show the base, or a unit of the scope below it. */
export async function assertBaseReadable(
  connection: LdapConnection,
  { baseDn, scope }: Pick<Named, 'baseDn' | 'scope'>,
): Promise<void> {
  for (const dn of [baseDn, ...scope.include])
    if (!isWithin(dn, baseDn) || !(await isThere(connection, dn)))
      throw new DirectoryFault('base-unknown', { server: connection.server });
}

/** The other names of the settings that the directory does not have, or does not show. */
export async function unknownNamesOf(
  connection: LdapConnection,
  { scope, privilegedGroups }: Named,
  others: readonly string[] = [],
): Promise<readonly string[]> {
  const unknown: string[] = [];
  for (const dn of new Set([...scope.exclude, ...scope.groups, ...privilegedGroups, ...others]))
    if (dn !== '' && !(await isThere(connection, dn))) unknown.push(dn);
  return unknown;
}
