import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMailEnvironment } from '../../backend/messaging/mail/mail-environment.ts';
import { createTestDatabase, type TestDatabase } from '../../backend/store/database-for-test.ts';
import type { PostgresqlSettings } from '../../backend/store/open-postgresql.ts';
import { putEmptySqlite, readSqlite } from '../../backend/store/sqlite-for-test.ts';
import type { PollIntervals } from '../../backend/app/composition/configuration.ts';
import { startBackend } from '../../backend/start-backend.ts';
import type { SessionTokens } from '../../shared/api/session.ts';
import { backendDatabase } from './backend-database.ts';

export const administrator = { displayName: 'Ann Example', userName: 'ann', password: 'Kf7%xwqz-boats' };

/** Milliseconds. Short, because most tests wait for the next poll. */
export const frequentPolls: PollIntervals = {
  mailQueue: 50,
  linkRequests: 50,
  requiredResets: 100,
  directoryFeeds: 100,
  directoryTasks: 100,
  fileFeeds: 100,
  directoryOperators: 500,
};

/** A permanently stopped backend to be copied: the files of its data folder, and its database on PostgreSQL. */
export interface Original {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly database: TestDatabase | null;
}

export interface TestBackendOptions {
  readonly strangersPerMinute?: number;
  /** Defaults to more than a test or benchmark makes. */
  readonly callsPerSession?: number;
  readonly breachedPasswords?: string;
  /** Whether messages in the outbox count as delivered, since the test reads them; true by default. */
  readonly outboxDelivers?: boolean;
  /** Uses the real clock, for consoles that run beside it. */
  readonly realTime?: boolean;
  readonly trustProxy?: string;
  readonly publicUrl?: string;
  readonly hsts?: string;
  /** Certificate and key as PEM texts; without them it serves plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Short ones by default; `{}` for those of production, as in benchmarks. */
  readonly pollIntervals?: PollIntervals;
  /** Milliseconds to connect to a directory, and for one answer; those of production by default. */
  readonly directoryTimeouts?: { readonly connectMs: number; readonly requestMs: number };
  /** How the backend reaches its PostgreSQL, such as through a proxy; the test itself reaches it directly. */
  readonly reach?: (database: TestDatabase) => PostgresqlSettings | Promise<PostgresqlSettings>;
  /** The backend to copy; by default the backend is new and not set up. */
  readonly from?: Original;
}

/** A complete backend on a free loopback port, with a data folder and a clock of its own; on PostgreSQL if the run uses one. */
export async function startTestBackend(
  mailUrl?: string,
  {
    strangersPerMinute,
    callsPerSession = 1_000_000,
    breachedPasswords,
    realTime = false,
    trustProxy,
    publicUrl,
    hsts,
    tls,
    pollIntervals = frequentPolls,
    outboxDelivers = true,
    directoryTimeouts,
    reach,
    from,
  }: TestBackendOptions = {},
) {
  const database = await createTestDatabase(from?.database?.name);
  const reached = database && reach ? await reach(database) : database;
  const dataFolder = await mkdtemp(join(tmpdir(), 'reset-desk-'));
  const sqliteFile = join(dataFolder, 'reset-desk.db');
  if (from === undefined && database === null) await putEmptySqlite(sqliteFile);
  for (const [name, bytes] of from?.files ?? [])
    await writeFile(join(dataFolder, name), bytes, { mode: 0o600 });
  const clock = realTime
    ? {
        get at() {
          return Date.now();
        },
        set at(_at: number) {
          throw new Error('The clock on the wall cannot be turned');
        },
      }
    : { at: Date.parse('2026-03-01T09:00:00Z') };
  const tlsFiles = tls && { cert: join(dataFolder, 'tls-cert.pem'), key: join(dataFolder, 'tls-key.pem') };
  if (tls && tlsFiles) {
    await writeFile(tlsFiles.cert, tls.cert);
    await writeFile(tlsFiles.key, tls.key, { mode: 0o600 });
  }
  const lines: string[] = [];
  const undeclared = new Set<string>();
  /** Fails the test if requests were refused with a code that their endpoint does not declare. */
  const assertDeclared = () => {
    if (undeclared.size > 0) throw new Error(`Undeclared in shared/api: ${[...undeclared].join(', ')}`);
  };
  const start = () =>
    startBackend({
      dataFolder,
      ...(reached && { database: reached }),
      host: '127.0.0.1',
      port: 0,
      mode: 'server',
      ...(strangersPerMinute !== undefined && { strangersPerMinute }),
      callsPerSession,
      ...(breachedPasswords !== undefined && { breachedPasswords }),
      ...(trustProxy !== undefined && { trustProxy }),
      ...(publicUrl !== undefined && { publicUrl }),
      ...(hsts !== undefined && { hsts }),
      ...(tlsFiles && { tls: tlsFiles }),
      pollIntervals,
      ...(directoryTimeouts && { directoryTimeouts }),
      outboxDelivers,
      version: '0.0.0-test',
      mail: readMailEnvironment({ RESET_DESK_SMTP_URL: mailUrl }),
      now: () => clock.at,
      log: (event, facts) => {
        lines.push(JSON.stringify({ event, ...facts }));
        if (event === 'refusal-undeclared') undeclared.add(`${facts['endpoint']} ${facts['code']}`);
      },
    });
  let running = await start();
  const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${running.port}${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      redirect: 'manual',
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  return {
    clock,
    lines,
    dataFolder,
    database,
    address: () => `${tls ? 'https' : 'http'}://127.0.0.1:${running.port}`,
    ask,
    setupCode: () => running.setupCode?.expose() ?? null,
    /** `written` is how the setup code is typed. */
    setUp: async (written = (code: string): string => code): Promise<SessionTokens> => {
      const answer = await ask('POST', '/api/v1/setup', {
        ...administrator,
        setupCode: written(running.setupCode?.expose() ?? ''),
      });
      return (await answer.json()) as SessionTokens;
    },
    ...backendDatabase(database, sqliteFile),
    /** Stops and starts it; `meanwhile` runs while it is stopped. */
    restart: async (meanwhile: () => Promise<unknown> = () => Promise.resolve()) => {
      await running.stop();
      assertDeclared();
      await meanwhile();
      running = await start();
    },
    /** Stops it permanently, to be copied. */
    freeze: async (): Promise<Original> => {
      await running.stop();
      const files = new Map<string, Buffer>([['secret.key', await readFile(join(dataFolder, 'secret.key'))]]);
      if (database === null) files.set('reset-desk.db', await readSqlite(sqliteFile));
      await rm(dataFolder, { recursive: true, maxRetries: 10 });
      assertDeclared();
      return { files, database };
    },
    stop: async () => {
      await running.stop();
      await rm(dataFolder, { recursive: true, maxRetries: 10 });
      await database?.drop();
      assertDeclared();
    },
  };
}
