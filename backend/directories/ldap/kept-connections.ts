import { DirectoryFault } from '../external/directory-fault.ts';
import { nameOf, type LdapConnection, type LdapServer } from './ldap-connection.ts';

/** Milliseconds without use after which a connection may be dead, because a firewall may have dropped it. */
const idleMs = 60_000;

/** A signed-in connection that is reused. */
export interface KeptConnection {
  readonly connection: LdapConnection;
  /** The number of calls that use it now. */
  uses: number;
  usedAt: number;
}

/** Keeps one signed-in connection to each server for all calls. */
export function createKeptConnections({
  openSigned,
  now,
}: {
  readonly openSigned: (server: LdapServer) => Promise<LdapConnection>;
  readonly now: () => number;
}) {
  const open = new Map<string, KeptConnection>();
  const opening = new Map<string, Promise<KeptConnection>>();
  let isClosed = false;

  /** The kept connection, unless it has ended or was idle for too long. */
  const keptFor = (server: LdapServer): KeptConnection | null => {
    const kept = open.get(nameOf(server));
    if (kept === undefined || !kept.connection.isOpen) return null;
    if (kept.uses > 0 || now() - kept.usedAt < idleMs) return kept;
    kept.connection.close();
    return null;
  };
  const openFresh = async (server: LdapServer): Promise<KeptConnection> => {
    const connection = await openSigned(server);
    if (isClosed) {
      connection.close();
      throw new DirectoryFault('unreachable');
    }
    const fresh: KeptConnection = { connection, uses: 0, usedAt: now() };
    open.set(nameOf(server), fresh);
    return fresh;
  };

  return {
    keptFor,
    connectionTo: async (server: LdapServer): Promise<KeptConnection> => {
      const kept = keptFor(server);
      if (kept !== null) return kept;
      const name = nameOf(server);
      const pending = opening.get(name) ?? openFresh(server).finally(() => opening.delete(name));
      opening.set(name, pending);
      return pending;
    },
    use: async <T>(kept: KeptConnection, work: (connection: LdapConnection) => Promise<T>): Promise<T> => {
      kept.uses += 1;
      try {
        return await work(kept.connection);
      } finally {
        kept.uses -= 1;
        kept.usedAt = now();
      }
    },
    close: () => {
      isClosed = true;
      for (const { connection } of open.values()) connection.close();
      open.clear();
    },
  };
}
