import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import {
  Client,
  Pool,
  types,
  type ClientBase,
  type ClientConfig,
  type PoolClient,
  type PoolConfig,
  type QueryConfig,
} from 'pg';
import { DatabaseFault } from './database-fault.ts';
import { readAddress, type SessionAttributes } from './postgresql-address.ts';
import { explainFailure, isPoolCrowded, isQueryTimeout, reasonOf } from './postgresql-fault.ts';
import type { Tables } from './tables.ts';
import { keepCause } from './transactions.ts';

const [int8, numeric] = [20, 1700];

/** Reads counts, sums and instants. All are far below 2⁵³; beyond that a rounded number would be worse than an error. */
function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error('The database holds a number that is too large');
  return value;
}

/** The driver's connection string for an address with one server: TLS is verified unless the address chooses a mode or the server is on this computer. */
export const withTls = (address: string): string => readAddress(address).servers[0]?.url ?? '';

interface PoolSettings {
  /** The maximum number of simultaneous connections. */
  readonly max: number;
  /** The maximum milliseconds for one statement; 0 for no limit. */
  readonly timeoutMs: number;
  readonly readOnly?: boolean;
  /**
   * Each connection parses and plans a statement once, for all parameters. For a pool with few different statements, which read an index in any case: planning
   * them takes longer than running them.
   */
  readonly prepares?: boolean;
  /** Accepts a standby, for commands that only read. */
  readonly standby?: boolean;
  /** Called when a connection breaks. The next query or transaction opens another one. */
  readonly onBroken: (error: Error) => void;
  /** Awaited before each use of a connection. Its error is thrown to the caller. */
  readonly beforeUse?: () => Promise<void>;
  /** Awaited once for each connection, after it was opened. Its error is thrown to the caller, and the connection is closed. */
  readonly afterOpen?: () => Promise<void>;
}

/** A connection outside a pool, which stays open until it is closed or breaks. */
export interface HeldConnection {
  /** Throws if the answer takes longer than `timeoutMs`. */
  query(text: string, parameters: readonly unknown[], timeoutMs: number): Promise<Record<string, unknown>[]>;
  onEnd(listener: () => void): void;
  close(): Promise<void>;
}

/** Connections to the servers of an address, as the store uses them and for the few statements that need a limit of their own. */
export interface PostgresqlPool {
  readonly db: Kysely<Tables>;
  /** Runs statements on one connection. Each must be answered by `until` (milliseconds); a connection that fails is closed. */
  readonly run: (statements: readonly string[], until: number) => Promise<void>;
  /** Takes a connection out of the pool. */
  readonly hold: () => Promise<HeldConnection>;
}

/** Milliseconds until a connection must be open, and for which a transaction waits for one of the pool's. */
const connectTimeoutMs = 10_000;
/** Milliseconds after which the client gives up on a statement that the server should have ended itself, because the connection is silently dead. */
const patienceMs = 5000;
/** Milliseconds for the check of a new connection. */
const checkTimeoutMs = 5000;

/**
 * Both sides probe a connection without traffic within seconds: a firewall or a host that lost power ends connections without notice, and by default
 * the operating systems notice after two hours. The client's probes are set at the socket, every second after the first 10.
 */
const keepAliveMs = 10_000;
const serverOptions = [
  'timezone=UTC',
  'tcp_keepalives_idle=10',
  'tcp_keepalives_interval=5',
  'tcp_keepalives_count=3',
];

const typeParsers = {
  getTypeParser: ((oid: number, format?: 'text') =>
    oid === int8 || oid === numeric
      ? wholeNumber
      : // The driver asks by any type's number; its own types list the built-in ones alone.
        // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- the enum lacks the types of extensions
        types.getTypeParser(oid, format)) as typeof types.getTypeParser,
};

/** Throws if the server accepts no changes: reads at a standby may be outdated, and every change would fail. */
async function assertPrimary(client: ClientBase, wanted: SessionAttributes): Promise<void> {
  const { rows } = await client.query<{ standby: boolean; frozen: boolean }>({
    text: `select pg_is_in_recovery() as standby, current_setting('default_transaction_read_only') = 'on' as frozen`,
    query_timeout: checkTimeoutMs,
  } as QueryConfig);
  if (rows[0]?.standby === true)
    throw new DatabaseFault('storage.read-only', 'it is a standby, which accepts no changes');
  if (wanted === 'read-write' && rows[0]?.frozen === true)
    throw new DatabaseFault('storage.read-only', 'it is read-only (default_transaction_read_only is on)');
}

/** Ends a statement that waits for a lock when its client is gone. Servers on some operating systems cannot detect that, and refuse the setting. */
async function watchClient(client: ClientBase): Promise<void> {
  const text = `select set_config('client_connection_check_interval', '5000', false)`;
  await client.query({ text, query_timeout: checkTimeoutMs } as QueryConfig).catch((thrown: unknown) => {
    if (explainFailure(thrown, text).isLost) throw thrown;
  });
}

/**
 * One plan for all parameters, which reads an index in its order up to a limit. Without statistics, as after an import, the server would rather sort all
 * accounts with a frequent beginning.
 */
const indexPlans = ['plan_cache_mode=force_generic_plan', 'enable_bitmapscan=off', 'enable_seqscan=off'];

/** Different statements that a connection keeps prepared. */
const maxPrepared = 200;

/** Names for the statements of a connection, by which the driver prepares them; undefined for one too many, which is not prepared. */
function statementNames(): (text: string) => string | undefined {
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined || names.size >= maxPrepared) return known;
    const name = `s${names.size}`;
    names.set(text, name);
    return name;
  };
}

/** The pool's client with errors that the store knows. A client whose connection is lost is closed at once. */
function explaining(
  client: PoolClient,
  { onBroken, prepares = false }: Pick<PoolSettings, 'onBroken' | 'prepares'>,
): PostgresPoolClient {
  const nameOf = prepares ? statementNames() : () => undefined;
  const query = async (text: string, parameters?: readonly unknown[]) => {
    try {
      const name = nameOf(text);
      return await (name === undefined
        ? client.query(text, parameters as unknown[])
        : client.query({ name, text, values: parameters as unknown[] }));
    } catch (thrown) {
      const { error, isLost } = explainFailure(thrown, text);
      if (isLost) {
        // Queued statements fail as well, instead of waiting for their own limit. The connection is lost, so an error of its end adds nothing.
        void (client as unknown as Client).end().catch(() => undefined);
        // The driver reports every other loss to its listeners.
        if (isQueryTimeout(thrown)) onBroken(thrown);
      }
      throw error;
    }
  };
  return {
    query: query as unknown as PostgresPoolClient['query'],
    release: (discard) => {
      client.release(discard);
    },
  };
}

const heldConnection = (client: PoolClient): HeldConnection => {
  const query = async (text: string, parameters: readonly unknown[], timeoutMs: number) => {
    const { rows } = await client.query<Record<string, unknown>>({
      text,
      values: [...parameters],
      query_timeout: timeoutMs,
    } as QueryConfig);
    return rows;
  };
  let isOpen = true;
  return {
    query,
    onEnd: (listener) => {
      client.on('end', listener);
    },
    close: async () => {
      if (!isOpen) return;
      isOpen = false;
      client.release(true);
    },
  };
};

/** A pool over the servers of an address: each new connection goes to the server that was reached last, or to the next one that can be. */
function createPool(address: string, settings: PoolSettings) {
  const { servers, sessionAttributes, options } = readAddress(address);
  let current = 0;
  class ServerClient extends Client {
    constructor(config?: ClientConfig) {
      super({ ...config, connectionString: servers[current]?.url ?? '' });
    }
  }
  const startOptions = [
    ...serverOptions,
    ...(settings.readOnly === true ? ['default_transaction_read_only=on'] : []),
    ...(settings.prepares === true ? indexPlans : []),
  ];
  const config: PoolConfig = {
    Client: ServerClient,
    application_name: 'reset-desk',
    max: settings.max,
    connectionTimeoutMillis: connectTimeoutMs,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveMs,
    statement_timeout: settings.timeoutMs,
    ...(settings.timeoutMs > 0 && {
      query_timeout: settings.timeoutMs + Math.min(settings.timeoutMs, patienceMs),
    }),
    idle_in_transaction_session_timeout: settings.timeoutMs,
    options: [options, ...startOptions.map((setting) => `-c ${setting}`)].join(' ').trim(),
    types: typeParsers,
    onConnect: async (client) => {
      await watchClient(client);
      if (settings.standby !== true)
        await assertPrimary(client, settings.readOnly === true ? 'primary' : sessionAttributes);
    },
  };
  const pool = new Pool(config);
  // The pool listens for errors of idle connections only. An error without a listener ends the process, so each connection gets its own.
  pool.on('connect', (client) => client.on('error', settings.onBroken));
  pool.on('error', () => undefined);

  const used = new WeakSet<PoolClient>();
  const use = async (client: PoolClient): Promise<PoolClient> => {
    if (used.has(client)) return client;
    try {
      await settings.afterOpen?.();
    } catch (thrown) {
      client.release(true);
      throw thrown;
    }
    used.add(client);
    return client;
  };
  const take = async (): Promise<PoolClient> => {
    for (let attempt = 1; ; attempt += 1) {
      const tried = current;
      try {
        return await pool.connect();
      } catch (thrown) {
        if (attempt < servers.length && !isPoolCrowded(thrown)) {
          if (current === tried) current = (tried + 1) % servers.length;
          continue;
        }
        if (thrown instanceof DatabaseFault) throw thrown;
        throw new DatabaseFault('storage.unavailable', reasonOf(thrown), { cause: thrown });
      }
    }
  };
  const connect = async (): Promise<PoolClient> => {
    await settings.beforeUse?.();
    return use(await take());
  };
  return { connect, end: () => pool.end(), options: config };
}

/** A pool of connections to PostgreSQL with the store's types. It opens the first connection at the first query. */
export function connectPostgresql(address: string, settings: PoolSettings): PostgresqlPool {
  const { connect, end, options } = createPool(address, settings);
  const known = new WeakMap<PoolClient, PostgresPoolClient>();
  const pool: PostgresPool = {
    connect: async () => {
      const client = await connect();
      const explained = known.get(client) ?? explaining(client, settings);
      known.set(client, explained);
      return explained;
    },
    end,
    options,
  };
  return {
    db: new Kysely<Tables>({ dialect: keepCause(new PostgresDialect({ pool })) }),
    hold: async () => heldConnection(await connect()),
    run: async (statements, until) => {
      const client = await connect();
      try {
        for (const text of statements)
          await client.query({ text, query_timeout: Math.max(1, until - Date.now()) } as QueryConfig);
        client.release();
      } catch (thrown) {
        client.release(true);
        throw explainFailure(thrown, '').error;
      }
    },
  };
}
