import type { Secret } from '../../../shared/secret/secret.ts';
import type { ReadTrust } from '../../outbound/trust.ts';
import { DirectoryFault } from '../external/directory-fault.ts';
import { createKeptConnections } from './kept-connections.ts';
import {
  defaultTimeouts,
  nameOf,
  openLdapConnection,
  serverOf,
  type LdapConnection,
  type LdapServer,
  type LdapTimeouts,
} from './ldap-connection.ts';
import { LdapResult } from './ldap-requests.ts';

/** The collaborators of an LDAP adapter, in addition to its settings. */
export interface LdapCollaborators {
  readonly trust: ReadTrust;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly timeouts?: LdapTimeouts;
}

/** The servers of one directory, with a signed-in connection to the one that answered last. */
export interface LdapServers {
  /**
   * Does the work at one server. If the server is unreachable or does not answer, the work restarts at the next one. After its first write, the work
   * must therefore throw no other fault than `outcome-unknown`; see {@link afterWrite}.
   */
  run<T>(work: (connection: LdapConnection) => Promise<T>): Promise<T>;
  /** The same with a connection of its own, for long reads that must not delay others. */
  runApart<T>(work: (connection: LdapConnection) => Promise<T>): Promise<T>;
  /** The same for a read in parts. After its first part it is not restarted. */
  stream<T>(read: (connection: LdapConnection) => AsyncIterable<T>): AsyncIterable<T>;
  /**
   * A connection without sign-in to the server of `connection`, closed after the work, which tries a user's password. Once it is open, a lost answer
   * is the fault `timeout`, and {@link LdapServers.run} asks no other server: the directory may have counted the password already.
   */
  unsigned<T>(connection: LdapConnection, work: (connection: LdapConnection) => Promise<T>): Promise<T>;
  list(): Promise<readonly LdapServer[]>;
  open(server: LdapServer): Promise<LdapConnection>;
  /** Signs the service account in; throws {@link DirectoryFault}. */
  signIn(connection: LdapConnection): Promise<void>;
  close(): void;
}

/** Milliseconds for which a failed server is tried last. */
const downMs = 30_000;
/** Milliseconds without another sign-in after the service account was refused, because every wrong password counts towards its lockout. */
const refusedMs = 30_000;

const canGoOn = (thrown: unknown): thrown is DirectoryFault =>
  thrown instanceof DirectoryFault &&
  (thrown.code === 'unreachable' || thrown.code === 'timeout' || thrown.code.startsWith('certificate-'));

/** The server answered that it did nothing, because it is busy or stopping. */
const hasDoneNothing = ({ code, serverCode }: DirectoryFault): boolean =>
  code === 'unreachable' && serverCode !== null;

/** The result of a read after a write; null if the read fails, since the write itself succeeded. */
export async function afterWrite<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch {
    return null;
  }
}

/**
 * The order in which servers are tried: the one that answered last comes first, those that failed recently come last, and the others are in the
 * configured order.
 */
function createServerOrder(now: () => number) {
  const downUntil = new Map<string, number>();
  let preferred: string | null = null;
  const rank = (server: LdapServer) => {
    const name = nameOf(server);
    if ((downUntil.get(name) ?? 0) > now()) return 2;
    return name === preferred ? 0 : 1;
  };
  return {
    of: (servers: readonly LdapServer[]) => servers.toSorted((a, b) => rank(a) - rank(b)),
    answered: (server: LdapServer) => {
      preferred = nameOf(server);
      downUntil.delete(preferred);
    },
    failed: (server: LdapServer) => {
      downUntil.set(nameOf(server), now() + downMs);
    },
  };
}

/** Does the work at a connection and closes it. */
async function closedAfter<T>(
  connection: LdapConnection,
  work: (connection: LdapConnection) => Promise<T>,
): Promise<T> {
  try {
    return await work(connection);
  } finally {
    connection.close();
  }
}

type SignIn = (connection: LdapConnection, name: string, password: Secret) => Promise<void>;

/** Signs the service account in, and remembers a refusal for a while, because every wrong password counts towards its lockout. */
function createServiceSignIn({
  signIn,
  serviceAccount,
  password,
  now,
}: {
  readonly signIn: SignIn;
  readonly serviceAccount: string;
  readonly password: Secret;
  readonly now: () => number;
}) {
  let refusal: { readonly fault: DirectoryFault; readonly until: number } | null = null;
  return {
    assertNotRefused: () => {
      if (refusal !== null && refusal.until > now()) throw refusal.fault;
    },
    signIn: async (connection: LdapConnection) => {
      try {
        await signIn(connection, serviceAccount, password);
        refusal = null;
      } catch (thrown) {
        const fault = faultOf(thrown, connection.server);
        if (fault instanceof DirectoryFault && !canGoOn(fault)) refusal = { fault, until: now() + refusedMs };
        throw fault;
      }
    },
  };
}

export function createLdapServers(
  {
    encryption,
    authorities,
    serviceAccount,
    list,
  }: {
    readonly encryption: 'tls' | 'start-tls';
    /** PEM certificates that are trusted in addition to those for all outgoing connections. */
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
    /** Signs in. Throws a {@link DirectoryFault} with the reason of a refusal. */
    readonly signIn: SignIn;
  },
): LdapServers {
  const order = createServerOrder(now);
  const service = createServiceSignIn({ signIn, serviceAccount, password, now });
  /** Faults after which no other server is asked. */
  const final = new WeakSet<object>();
  let isClosed = false;

  const openTo = async (server: LdapServer) => {
    const stored = await readTrust();
    const trust = { ...stored, authorities: `${stored.authorities}\n${authorities}` };
    return openLdapConnection(server, { encryption, trust, timeouts });
  };
  const openSigned = async (server: LdapServer) => {
    const connection = await openTo(server);
    try {
      await service.signIn(connection);
      return connection;
    } catch (thrown) {
      connection.close();
      throw thrown;
    }
  };
  const connections = createKeptConnections({ openSigned, now });
  /** Starts the work at each server in turn, as long as the connection is what fails. */
  const inTurn = async <T>(attempt: (server: LdapServer) => Promise<T>): Promise<T> => {
    if (isClosed) throw new DirectoryFault('unreachable');
    service.assertNotRefused();
    let first: DirectoryFault | null = null;
    for (const server of order.of(await list())) {
      try {
        const answer = await attempt(server);
        order.answered(server);
        return answer;
      } catch (thrown) {
        if (!canGoOn(thrown)) throw faultOf(thrown, nameOf(server));
        order.failed(server);
        if (final.has(thrown)) throw thrown;
        first ??= thrown;
      }
    }
    throw first ?? new DirectoryFault('unreachable');
  };

  return {
    list,
    open: openTo,
    signIn: service.signIn,
    run: (work) =>
      inTurn(async (server) => {
        const kept = connections.keptFor(server);
        if (kept !== null) {
          try {
            return await connections.use(kept, work);
          } catch (thrown) {
            // Servers end idle connections, and then a new connection works. A silent server is not waited for twice, and a server that is busy is
            // not asked twice.
            const hasEnded = thrown instanceof DirectoryFault && thrown.code === 'unreachable';
            if (!hasEnded || kept.connection.isOpen || final.has(thrown)) throw thrown;
          }
        }
        return connections.use(await connections.connectionTo(server), work);
      }),
    runApart: (work) => inTurn(async (server) => closedAfter(await openSigned(server), work)),
    async *stream(read) {
      const opened: LdapConnection[] = [];
      try {
        const { first, rest } = await inTurn(async (server) => {
          const connection = await openSigned(server);
          opened.push(connection);
          const pieces = read(connection)[Symbol.asyncIterator]();
          return { first: await pieces.next(), rest: pieces };
        });
        for (let piece = first; piece.done !== true; piece = await rest.next()) yield piece.value;
      } catch (thrown) {
        throw faultOf(thrown, opened.at(-1)?.server ?? '');
      } finally {
        for (const connection of opened) connection.close();
      }
    },
    unsigned: async ({ server }, work) => {
      const connection = await openTo(serverOf(server));
      try {
        return await closedAfter(connection, work);
      } catch (thrown) {
        if (!canGoOn(thrown) || hasDoneNothing(thrown)) throw thrown;
        const fault = new DirectoryFault('timeout', { server });
        final.add(fault);
        throw fault;
      }
    },
    close: () => {
      isClosed = true;
      connections.close();
    },
  };
}

/** Results of a search that exceeded the server's limits for the service account: time (3), entries (4) and administration (11). */
const overLimit = new Set([3, 4, 11]);

/** Results of a search below a name that does not exist (32), or that is not a distinguished name (34). */
const noBase = new Set([32, 34]);

/** An error result that no adapter has explained is a fault as well. */
export function faultOf(thrown: unknown, server: string): unknown {
  if (!(thrown instanceof LdapResult)) return thrown;
  const serverCode = String(thrown.code);
  if (overLimit.has(thrown.code))
    return new DirectoryFault('right-missing', { server, serverCode, detail: 'read-accounts' });
  return new DirectoryFault(noBase.has(thrown.code) ? 'base-unknown' : 'answer-invalid', {
    server,
    serverCode,
  });
}
