import { Kysely, PostgresDialect } from 'kysely';
import { Pool, types, type PoolConfig } from 'pg';
import { isLoopbackHost } from '../network/addresses.ts';
import type { Tables } from './tables.ts';
import { keepCause } from './transactions.ts';

const [int8, numeric] = [20, 1700];

/** Reads counts, sums and instants. All are far below 2⁵³; beyond that a rounded number would be worse than an error. */
function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error('The database holds a number that is too large');
  return value;
}

/** A host that begins with a slash is the folder of a Unix socket. */
const isLocal = (host: string): boolean => isLoopbackHost(host) || host.startsWith('%2F');

/** The address with `sslmode=verify-full`, unless it sets a mode itself or the server runs on this computer. */
export function withTls(address: string): string {
  const url = new URL(address);
  const hasNoMode = !['sslmode', 'ssl', 'host'].some((name) => url.searchParams.has(name));
  if (hasNoMode && url.hostname !== '' && !isLocal(url.hostname))
    url.searchParams.set('sslmode', 'verify-full');
  return url.href;
}

/** Host, port and database for a message; without user and password. */
export function describeAddress(address: string): string {
  const { hostname, port, pathname } = new URL(address);
  return `${decodeURIComponent(hostname) || 'this computer'}:${port || '5432'}${pathname}`;
}

interface PoolSettings {
  /** Most connections at the same time. */
  readonly max: number;
  /** Most milliseconds for one statement; 0 for no limit. */
  readonly timeoutMs: number;
  readonly readOnly?: boolean;
  /** Called when a connection breaks. The next query or transaction opens another one. */
  readonly onBroken: (error: Error) => void;
}

/** A pool of connections to PostgreSQL with the store's types. It opens the first connection at the first query. */
export function connectPostgresql(address: string, settings: PoolSettings): Kysely<Tables> {
  const options = [
    'timezone=UTC',
    `default_transaction_read_only=${settings.readOnly === true ? 'on' : 'off'}`,
  ];
  const config: PoolConfig = {
    connectionString: withTls(address),
    application_name: 'reset-desk',
    max: settings.max,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    statement_timeout: settings.timeoutMs,
    idle_in_transaction_session_timeout: settings.timeoutMs,
    options: options.map((setting) => `-c ${setting}`).join(' '),
    types: {
      getTypeParser: ((oid: number, format?: 'text') =>
        oid === int8 || oid === numeric
          ? wholeNumber
          : // The driver asks by any type's number; its own types list the built-in ones alone.
            // oxlint-disable-next-line typescript/no-unsafe-enum-assignment
            types.getTypeParser(oid, format)) as typeof types.getTypeParser,
    },
  };
  const pool = new Pool(config);
  // The pool listens for errors of idle connections only. An error without a listener ends the process, so each connection gets its own.
  pool.on('connect', (client) => client.on('error', settings.onBroken));
  pool.on('error', () => undefined);
  return new Kysely<Tables>({ dialect: keepCause(new PostgresDialect({ pool })) });
}
