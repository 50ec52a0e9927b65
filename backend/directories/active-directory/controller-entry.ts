import { DirectoryFault } from '../external/directory-fault.ts';
import type { LdapConnection } from '../ldap/ldap-connection.ts';
import { generalizedTime, guidBytes, guidText } from '../ldap/ldap-entry.ts';
import { controllerOf } from './replication-metadata.ts';

/** A controller's description of itself. */
export interface ControllerEntry {
  readonly domainDn: string;
  readonly configurationDn: string;
  /** The controller's clock in milliseconds; null if it does not report its time. */
  readonly clock: number | null;
  readonly controls: ReadonlySet<string>;
  /** The number of the controller's last change. */
  readonly lastChange: bigint;
  /** GUID text that identifies the number sequence of `lastChange`. It changes when a controller is restored from a backup. */
  invocationId(): Promise<string>;
  /** The name of the controller with an invocation id; null if it is unknown. */
  controllerOf(invocationId: string | null): Promise<string | null>;
}

export async function readServer(connection: LdapConnection): Promise<ControllerEntry> {
  const [root] = await connection.search({
    base: '',
    scope: 'base',
    filter: '(objectClass=*)',
    attributes: [
      'defaultNamingContext',
      'configurationNamingContext',
      'currentTime',
      'supportedControl',
      'highestCommittedUSN',
      'dsServiceName',
    ],
  });
  const domainDn = root?.text('defaultNamingContext') ?? null;
  const configurationDn = root?.text('configurationNamingContext') ?? null;
  const lastChange = root?.text('highestCommittedUSN') ?? '';
  if (root === undefined || domainDn === null || configurationDn === null || !/^\d+$/.test(lastChange))
    throw new DirectoryFault('answer-invalid', { server: connection.server });
  return {
    domainDn,
    configurationDn,
    clock: generalizedTime(root.text('currentTime')),
    controls: new Set(root.texts('supportedControl')),
    lastChange: BigInt(lastChange),
    async invocationId() {
      const [settings] = await connection.search({
        base: root.text('dsServiceName') ?? '',
        scope: 'base',
        filter: '(objectClass=*)',
        attributes: ['invocationId'],
        binary: ['invocationId'],
      });
      const id = settings?.bytes('invocationId') ?? null;
      if (id?.length !== 16) throw new DirectoryFault('answer-invalid', { server: connection.server });
      return guidText(id);
    },
    async controllerOf(invocationId) {
      const id = invocationId === null ? null : guidBytes(invocationId);
      if (id === null) return null;
      const [settings] = await connection.search({
        base: `CN=Sites,${configurationDn}`,
        scope: 'sub',
        filter: '(objectClass=nTDSDSA)',
        bytes: { attribute: 'invocationId', values: [id] },
        attributes: ['cn'],
      });
      return controllerOf(settings?.dn ?? null);
    },
  };
}
