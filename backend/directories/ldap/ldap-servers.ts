import type { Secret } from '../../../shared/secret/secret.ts';
import type { ReadTrust, Trust } from '../../outbound/trust.ts';
import { DirectoryFault } from '../external/directory-fault.ts';
import {
  LdapResult,
  defaultTimeouts,
  openLdapConnection,
  type LdapConnection,
  type LdapServer,
  type LdapTimeouts,
} from './ldap-connection.ts';

/** What an LDAP adapter is given besides its settings. */
export interface LdapCollaborators {
  readonly trust: ReadTrust;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly timeouts?: LdapTimeouts;
}

/** The servers of one directory, with a signed-in connection to the one that answered last. */
export interface LdapServers {
  /**
   * Does the work at one server. Where the server cannot be reached or does not answer, the work is begun again at the next; so after its first write it
   * must let no other fault pass than `outcome-unknown`, see {@link afterWrite}.
   */
  run<T>(work: (connection: LdapConnection) => Promise<T>): Promise<T>;
  /** The same with a connection of its own, for long reads that others must not wait for. */
  runApart<T>(work: (connection: LdapConnection) => Promise<T>): Promise<T>;
  /** The same for a read in pieces: after its first piece it is not begun again. */
  stream<T>(read: (connection: LdapConnection) => AsyncIterable<T>): AsyncIterable<T>;
  /** A connection without sign-in to the server of `connection`, closed after the work. */
  unsigned<T>(connection: LdapConnection, work: (connection: LdapConnection) => Promise<T>): Promise<T>;
  list(): Promise<readonly LdapServer[]>;
  open(server: LdapServer): Promise<LdapConnection>;
  /** Signs the service account in; throws {@link DirectoryFault}. */
  signIn(connection: LdapConnection): Promise<void>;
  trust(): Promise<Trust>;
  close(): void;
}

/** Milliseconds for which a server that failed is tried last. */
const downMs = 30_000;
/** Milliseconds without another sign-in after the service account was refused: every wrong password counts for its lockout. */
const refusedMs = 30_000;

/** Milliseconds without use after which a connection is not trusted to be alive. */
const idleMs = 60_000;

interface Kept {
  readonly connection: LdapConnection;
  /** The calls that use it now. */
  uses: number;
  usedAt: number;
}

const canGoOn = (thrown: unknown): thrown is DirectoryFault =>
  thrown instanceof DirectoryFault &&
  (thrown.code === 'unreachable' || thrown.code === 'timeout' || thrown.code.startsWith('certificate-'));

/** The answer of a read after a write; null where it fails, since the write itself was answered. */
export async function afterWrite<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch {
    return null;
  }
}

export function createLdapServers(
  {
    encryption,
    authorities,
    serviceAccount,
    list,
  }: {
    readonly encryption: 'tls' | 'start-tls';
    /** Trusted besides the trust of all outgoing connections (PEM). */
    readonly authorities: string;
    readonly serviceAccount: string;
    readonly list: () => Promise<readonly LdapServer[]>;
  },
  password: Secret,
  {
    trust: readTrust,
    now,
    timeouts = defaultTimeouts,
    signIn,
  }: LdapCollaborators & {
    /** Signs in, and says by a {@link DirectoryFault} why that was refused. */
    readonly signIn: (connection: LdapConnection, name: string, password: Secret) => Promise<void>;
  },
): LdapServers {
  const open = new Map<string, Kept>();
  const opening = new Map<string, Promise<Kept>>();
  const downUntil = new Map<string, number>();
  let preferred: string | null = null;
  let refusal: { readonly fault: DirectoryFault; readonly until: number } | null = null;
  let isClosed = false;

  const nameOf = ({ host, port }: LdapServer) => `${host}:${port}`;
  const trust = async (): Promise<Trust> => {
    const stored = await readTrust();
    return { ...stored, authorities: `${stored.authorities}\n${authorities}` };
  };
  const openTo = async (server: LdapServer) =>
    openLdapConnection(server, { encryption, trust: await trust(), timeouts });
  const signInAt = async (connection: LdapConnection) => {
    try {
      await signIn(connection, serviceAccount, password);
      refusal = null;
    } catch (thrown) {
      const fault =
        thrown instanceof LdapResult
          ? new DirectoryFault('answer-invalid', {
              server: connection.server,
              serverCode: String(thrown.code),
            })
          : thrown;
      if (fault instanceof DirectoryFault && !canGoOn(fault)) refusal = { fault, until: now() + refusedMs };
      throw fault;
    }
  };
  const openSigned = async (server: LdapServer) => {
    const connection = await openTo(server);
    try {
      await signInAt(connection);
      return connection;
    } catch (thrown) {
      connection.close();
      throw thrown;
    }
  };
  /** The preferred server first, those that failed lately last, else in their configured order. */
  const inOrder = (servers: readonly LdapServer[]) => {
    const rank = (server: LdapServer) => {
      const name = nameOf(server);
      if ((downUntil.get(name) ?? 0) > now()) return 2;
      return name === preferred ? 0 : 1;
    };
    return servers.toSorted((a, b) => rank(a) - rank(b));
  };
  const assertUsable = () => {
    if (isClosed) throw new DirectoryFault('unreachable');
    if (refusal !== null && refusal.until > now()) throw refusal.fault;
  };
  /** Begins the work at each server in turn until it is not the connection that fails. */
  const inTurn = async <T>(attempt: (server: LdapServer) => Promise<T>): Promise<T> => {
    assertUsable();
    let first: DirectoryFault | null = null;
    for (const server of inOrder(await list())) {
      try {
        const answer = await attempt(server);
        preferred = nameOf(server);
        downUntil.delete(nameOf(server));
        return answer;
      } catch (thrown) {
        if (!canGoOn(thrown)) throw faultOf(thrown, nameOf(server));
        downUntil.set(nameOf(server), now() + downMs);
        first ??= thrown;
      }
    }
    throw first ?? new DirectoryFault('unreachable');
  };

  /** The kept connection to a server, unless it has ended or was idle for so long that a firewall may have forgotten it. */
  const keptFor = (server: LdapServer): Kept | null => {
    const kept = open.get(nameOf(server));
    if (kept === undefined || !kept.connection.isOpen) return null;
    if (kept.uses > 0 || now() - kept.usedAt < idleMs) return kept;
    kept.connection.close();
    return null;
  };
  /** One connection to each server, however many calls ask for it at once. */
  const connectionTo = (server: LdapServer): Promise<Kept> => {
    const kept = keptFor(server);
    if (kept !== null) return Promise.resolve(kept);
    const name = nameOf(server);
    const pending =
      opening.get(name) ??
      openSigned(server)
        .then((connection) => {
          if (isClosed) {
            connection.close();
            throw new DirectoryFault('unreachable');
          }
          const fresh: Kept = { connection, uses: 0, usedAt: now() };
          open.set(name, fresh);
          return fresh;
        })
        .finally(() => opening.delete(name));
    opening.set(name, pending);
    return pending;
  };
  const use = async <T>(kept: Kept, work: (connection: LdapConnection) => Promise<T>): Promise<T> => {
    kept.uses += 1;
    try {
      return await work(kept.connection);
    } finally {
      kept.uses -= 1;
      kept.usedAt = now();
    }
  };

  return {
    trust,
    list,
    open: openTo,
    signIn: signInAt,
    run: (work) =>
      inTurn(async (server) => {
        const kept = keptFor(server);
        if (kept !== null) {
          try {
            return await use(kept, work);
          } catch (thrown) {
            // Servers end idle connections: then a new one answers. Silence is not waited for twice, and a server that says "not now" not asked twice.
            const hasEnded = thrown instanceof DirectoryFault && thrown.code === 'unreachable';
            if (!hasEnded || kept.connection.isOpen) throw thrown;
          }
        }
        return use(await connectionTo(server), work);
      }),
    runApart: (work) =>
      inTurn(async (server) => {
        const connection = await openSigned(server);
        try {
          return await work(connection);
        } finally {
          connection.close();
        }
      }),
    async *stream(read) {
      const connections: LdapConnection[] = [];
      try {
        const { first, rest } = await inTurn(async (server) => {
          const connection = await openSigned(server);
          connections.push(connection);
          const pieces = read(connection)[Symbol.asyncIterator]();
          return { first: await pieces.next(), rest: pieces };
        });
        for (let piece = first; piece.done !== true; piece = await rest.next()) yield piece.value;
      } catch (thrown) {
        throw faultOf(thrown, connections.at(-1)?.server ?? '');
      } finally {
        for (const connection of connections) connection.close();
      }
    },
    unsigned: async ({ server }, work) => {
      const at = server.lastIndexOf(':');
      const connection = await openTo({ host: server.slice(0, at), port: Number(server.slice(at + 1)) });
      try {
        return await work(connection);
      } finally {
        connection.close();
      }
    },
    close: () => {
      isClosed = true;
      for (const { connection } of open.values()) connection.close();
      open.clear();
    },
  };
}

/** A server's answer that no adapter has explained is a fault as well. */
const faultOf = (thrown: unknown, server: string): unknown =>
  thrown instanceof LdapResult
    ? new DirectoryFault('answer-invalid', { server, serverCode: String(thrown.code) })
    : thrown;
