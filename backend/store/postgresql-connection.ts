import { Kysely, PostgresDialect } from 'kysely';
import { Pool, types, type PoolConfig } from 'pg';
import type { Tables } from './tables.ts';

const [int8, numeric] = [20, 1700];

/** Counts, sums and instants; all of them far below 2⁵³, and a wrong number would be worse than an error. */
function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error('The database holds a number that is too large');
  return value;
}

const isHere = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host) || host.startsWith('%2F');

/** The address with TLS asked for, unless it says otherwise or the server is this computer. */
export function withTls(address: string): string {
  const url = new URL(address);
  const silent = !['sslmode', 'ssl', 'host'].some((name) => url.searchParams.has(name));
  if (silent && url.hostname !== '' && !isHere(url.hostname)) url.searchParams.set('sslmode', 'verify-full');
  return url.href;
}

/** Where a database is, in words for a person: never its password. */
export function placeOf(address: string): string {
  const { hostname, port, pathname } = new URL(address);
  return `${decodeURIComponent(hostname) || 'this computer'}:${port || '5432'}${pathname}`;
}

interface Use {
  /** Connections at most. */
  readonly most: number;
  /** Milliseconds that one statement may take; 0 for as long as it needs. */
  readonly timeoutMs: number;
  readonly readOnly?: boolean;
  /** A connection broke; the next query, or the next transaction, opens another one. */
  readonly onBroken: (error: Error) => void;
}

/** A pool of connections to PostgreSQL that speaks the store's types. Nothing is opened before the first query. */
export function connectPostgresql(address: string, use: Use): Kysely<Tables> {
  const options = ['timezone=UTC', `default_transaction_read_only=${use.readOnly === true ? 'on' : 'off'}`];
  const config: PoolConfig = {
    connectionString: withTls(address),
    application_name: 'reset-desk',
    max: use.most,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    statement_timeout: use.timeoutMs,
    idle_in_transaction_session_timeout: use.timeoutMs,
    options: options.map((setting) => `-c ${setting}`).join(' '),
    types: {
      getTypeParser: ((oid: number, format?: 'text') =>
        oid === int8 || oid === numeric
          ? wholeNumber
          : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
    },
  };
  const pool = new Pool(config);
  // Told by the connection itself, whoever has it: the pool listens to idle ones alone, and an error that nobody listens to ends the process.
  pool.on('connect', (client) => client.on('error', use.onBroken));
  pool.on('error', () => undefined);
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}
