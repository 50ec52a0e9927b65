import { DirectoryFault } from '../external/directory-fault.ts';
import type { LdapConnection } from './ldap-connection.ts';
import type { LdapServers } from './ldap-servers.ts';

/** Milliseconds after which an account is read again before a write. */
const freshMs = 5000;

/** An account that was read at one server for the writes that follow. */
export interface Prepared<Found> {
  readonly key: string;
  readonly found: Found;
  /** As `host:port`. */
  readonly server: string;
  readonly readAt: number;
}

/** Writes to an account that was read for them, so that a reset reads it once. */
export function createPreparedWrites<Found>(
  servers: Pick<LdapServers, 'run'>,
  find: (connection: LdapConnection, key: string) => Promise<Found>,
  now: () => number,
) {
  return {
    read: (key: string): Promise<Prepared<Found>> =>
      servers.run(async (connection) => ({
        key,
        found: await find(connection, key),
        server: connection.server,
        readAt: now(),
      })),
    /**
     * Writes to the entry that was read, or reads it again if that was too long ago or at another server. The server refuses a write to an entry that
     * was moved or removed since and does nothing; then the entry is read again as well.
     */
    write: <T>(
      { key, found, server, readAt }: Prepared<Found>,
      work: (connection: LdapConnection, found: Found) => Promise<T>,
    ): Promise<T> =>
      servers.run(async (connection) => {
        const again = async () => work(connection, await find(connection, key));
        if (connection.server !== server || now() - readAt > freshMs) return again();
        try {
          return await work(connection, found);
        } catch (thrown) {
          if (thrown instanceof DirectoryFault && thrown.code === 'account-gone') return again();
          throw thrown;
        }
      }),
  };
}
