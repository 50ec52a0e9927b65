import { isWithin } from './ldap-entry.ts';
import type { LdapConnection } from './ldap-connection.ts';

/** A server's description of itself. */
export interface RootEntry {
  /** The base for searches of groups: the naming context above the configured base. */
  readonly contextDn: string;
  /** All naming contexts of the server. */
  readonly contexts: readonly string[];
  readonly controls: ReadonlySet<string>;
  readonly extensions: ReadonlySet<string>;
}

export interface RootReader {
  /** The description from the first read; the servers of one directory are configured alike. */
  of(connection: LdapConnection): Promise<RootEntry>;
  /** Reads the description again. */
  read(connection: LdapConnection): Promise<RootEntry>;
  /** Null before the first connection. */
  readonly known: RootEntry | null;
}

export function createRootReader(baseDn: string): RootReader {
  let known: RootEntry | null = null;
  const read = async (connection: LdapConnection): Promise<RootEntry> => {
    const [entry] = await connection.search({
      base: '',
      scope: 'base',
      filter: '(objectClass=*)',
      attributes: ['namingContexts', 'supportedControl', 'supportedExtension'],
    });
    const contexts = entry?.texts('namingContexts') ?? [];
    known = {
      contextDn: contexts.find((context) => isWithin(baseDn, context)) ?? baseDn,
      contexts,
      controls: new Set(entry?.texts('supportedControl')),
      extensions: new Set(entry?.texts('supportedExtension')),
    };
    return known;
  };
  return {
    read,
    of: async (connection) => known ?? read(connection),
    get known() {
      return known;
    },
  };
}
