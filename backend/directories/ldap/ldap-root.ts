import { isWithin } from './ldap-entry.ts';
import type { LdapConnection } from './ldap-connection.ts';

/** What a server says about itself. */
export interface RootEntry {
  /** Where groups are searched: the naming context above the base. */
  readonly contextDn: string;
  readonly controls: ReadonlySet<string>;
  readonly extensions: ReadonlySet<string>;
}

export interface RootReader {
  /** The description that was read first; the servers of one directory are configured alike. */
  of(connection: LdapConnection): Promise<RootEntry>;
  /** Reads the description anew. */
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
    known = {
      contextDn: entry?.texts('namingContexts').find((context) => isWithin(baseDn, context)) ?? baseDn,
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
