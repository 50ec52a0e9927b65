import { resolveSrv } from 'node:dns/promises';
import type { ActiveDirectorySettings } from '../../../shared/api/directory-settings.ts';
import { DirectoryFault } from '../external/directory-fault.ts';
import type { LdapServer } from '../ldap/ldap-connection.ts';

export interface ServiceRecord {
  readonly name: string;
  readonly port: number;
  readonly priority: number;
  readonly weight: number;
}

export type ResolveService = (name: string) => Promise<readonly ServiceRecord[]>;

/** Milliseconds for which the controllers found by DNS are cached. */
const keptMs = 300_000;
const ldapsPort = 636;
const ldapPort = 389;

/**
 * The controllers of a domain: those of the settings, or else those that DNS names (`_ldap._tcp.dc._msdcs.DOMAIN`) by priority, then by weight. DNS
 * names the port of plain LDAP; with TLS from the first byte it is 636.
 */
export function createControllers(
  { servers, domain, encryption }: Pick<ActiveDirectorySettings, 'servers' | 'domain' | 'encryption'>,
  now: () => number,
  resolve: ResolveService = resolveSrv,
): () => Promise<readonly LdapServer[]> {
  let found: { readonly servers: readonly LdapServer[]; readonly until: number } | null = null;
  return async () => {
    if (servers.length > 0) return servers;
    if (found !== null && found.until > now()) return found.servers;
    try {
      const records = await resolve(`_ldap._tcp.dc._msdcs.${domain}`);
      const named = records
        .toSorted((a, b) => a.priority - b.priority || b.weight - a.weight)
        .map(({ name, port }) => ({
          host: name.replace(/\.$/, ''),
          port: encryption === 'tls' && port === ldapPort ? ldapsPort : port,
        }));
      if (named.length > 0) found = { servers: named, until: now() + keptMs };
    } catch {
      // The controllers from the last DNS answer are better than none.
    }
    if (found === null) throw new DirectoryFault('unreachable', { server: domain });
    return found.servers;
  };
}
