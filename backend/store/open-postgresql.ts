import { setTimeout as wait } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import { restoreGuards } from './append-only.ts';
import { createBackendLock, OtherBackend } from './backend-lock.ts';
import { DatabaseFault } from './database-fault.ts';
import { grantServingRole } from './grant-serving-role.ts';
import { createLineLimit } from './limit-lines.ts';
import { migrate } from './migrate.ts';
import { describeAddress } from './postgresql-address.ts';
import { connectPostgresql } from './postgresql-connection.ts';
import { isPassing, reasonOf } from './postgresql-fault.ts';
import { probeSetting } from './probe.ts';
import { writersLock } from './store.ts';
import type { Tables } from './tables.ts';

export interface PostgresqlSettings {
  /** The serving role: `postgres://user:password@host:port/database`. */
  readonly url: string;
  /** The role that owns and migrates the tables, if it is a separate one. The serving role then cannot change the audit log. */
  readonly ownerUrl?: string;
  /** The maximum milliseconds for one statement at the server; 15,000 by default. Tests set less. */
  readonly statementTimeoutMs?: number;
}

/** A migrated database: a pool for parallel reads, one for searches, and one for writes, which take turns. */
export interface OpenPostgresql {
  readonly reader: Kysely<Tables>;
  /** For statements that read an index in any case; they are planned once. */
  readonly searcher: Kysely<Tables>;
  readonly writer: Kysely<Tables>;
  /** Append-only tables whose triggers were missing and have been restored. */
  readonly reguarded: readonly string[];
  /** Makes a change without effect, in the same way as any other change. Throws if changes are not possible by `until` (milliseconds). */
  readonly probe: (until: number) => Promise<void>;
  /** Lets another backend use the database; does nothing unless it was opened with `exclusive`. */
  readonly release: () => Promise<void>;
  /** Checks every few seconds whether the connection that locks out other backends still responds. */
  readonly checkLock: () => Promise<void>;
}

interface OpenOptions {
  /**
   * Locks other backends out of the database, and fails while another one uses it. For the backend itself; commands and tests may read at the same
   * time.
   */
  readonly exclusive?: boolean;
  /** Milliseconds to wait for a server that is unreachable or starting; 0 by default. */
  readonly waitMs?: number;
  /** Milliseconds to wait for another backend to end; 10,000 by default. */
  readonly lockWaitMs?: number;
}

/** PostgreSQL 14, as `server_version_num` writes it: the oldest version that was still maintained in 2026. */
const minVersion = 140_000;
/** Connections per pool. Two writers: one writes while the next one waits for the lock with its connection already open. */
const [maxReaders, maxSearchers, maxWriters] = [8, 4, 2];
/** Longer than any statement should take, including an import's batch and the wait for the writers' lock. */
const defaultTimeoutMs = 15_000;
/** A backend that is told to stop ends within 8 seconds. If its computer is gone, the server notices after 25, and a supervisor starts this one again. */
const defaultLockWaitMs = 10_000;

/**
 * What a change needs: the writer lock, room on the disk, a written row, and a COMMIT. The sort exceeds its memory, so that it writes to the disk,
 * which fails when the disk is full; the row alone would fit into its page.
 */
const probeStatements = [
  `begin; set local statement_timeout = 1500; set local work_mem = '64kB'`,
  `select pg_advisory_xact_lock(${writersLock})`,
  `select count(*) from (select md5(n::text) from generate_series(1, 5000) n order by 1 offset 0) sorted`,
  `insert into settings (name, value, sealed, changed_at) values ('${probeSetting}', '', 0, 0)
   on conflict (name) do update set changed_at = excluded.changed_at`,
  'commit',
];

async function rolesOf(db: Kysely<Tables>) {
  const { rows } = await sql<{ role: string; encoding: string; version: number }>`
    select current_user as role, current_setting('server_encoding') as encoding,
      current_setting('server_version_num')::integer as version`.execute(db);
  const [row] = rows;
  if (!row || row.encoding !== 'UTF8') throw new Error('the database must have the encoding UTF8');
  if (row.version < minVersion) throw new Error('PostgreSQL 14 or later is required');
  return row;
}

async function canChangeAuditLog(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`
    select has_table_privilege('audit_events', 'update') as may`.execute(db);
  return rows[0]?.may !== false;
}

/** Repeats `work` while the server is unreachable, and while another backend holds the database. Logs each reason once. */
async function whenReady<T>(
  work: () => Promise<T>,
  {
    waitMs,
    lockWaitMs,
    place,
    log,
  }: Required<Pick<OpenOptions, 'waitMs' | 'lockWaitMs'>> & { readonly place: string; readonly log: Log },
): Promise<T> {
  const startedAt = performance.now();
  let logged = '';
  for (;;) {
    try {
      return await work();
    } catch (thrown) {
      const limit = thrown instanceof OtherBackend ? lockWaitMs : isPassing(thrown) ? waitMs : 0;
      if (performance.now() - startedAt >= limit) throw thrown;
      const reason = reasonOf(thrown);
      if (reason !== logged) log('waiting-for-database', { place, reason, seconds: limit / 1000 });
      logged = reason;
      await wait(500);
    }
  }
}

type Log = (event: string, facts: Readonly<Record<string, string | number>>) => void;

/** Connects, migrates the database and grants the serving role its rights. Throws an error that names the server and the cause. */
export async function openPostgresql(
  { url, ownerUrl, statementTimeoutMs: timeoutMs = defaultTimeoutMs }: PostgresqlSettings,
  log: Log,
  { exclusive = false, waitMs = 0, lockWaitMs = defaultLockWaitMs }: OpenOptions = {},
): Promise<OpenPostgresql> {
  const count = createLineLimit();
  const onBroken = (error: Error) => {
    const reason = reasonOf(error);
    const omitted = count(reason, 1);
    if (omitted !== null) log('database-connection-broken', { reason, ...(omitted > 0 && { omitted }) });
  };
  const keeper = connectPostgresql(url, { max: 1, timeoutMs, onBroken });
  const lock = exclusive
    ? createBackendLock({ connect: keeper.hold, timeoutMs: Math.min(timeoutMs, 10_000), log })
    : null;
  const reader = connectPostgresql(url, { max: maxReaders, timeoutMs, readOnly: true, onBroken });
  const searcher = connectPostgresql(url, {
    max: maxSearchers,
    timeoutMs,
    readOnly: true,
    prepares: true,
    onBroken,
  });
  const writer = connectPostgresql(url, {
    max: maxWriters,
    timeoutMs,
    onBroken,
    ...(lock && { beforeUse: lock.ensure, afterOpen: lock.confirm }),
  });
  const owner = connectPostgresql(ownerUrl ?? url, { max: 1, timeoutMs: 0, onBroken });
  const release = async () => lock?.release();
  let place = describeAddress(url);
  try {
    const { role } = await whenReady(() => rolesOf(writer.db), { waitMs, lockWaitMs, place, log });
    place = describeAddress(ownerUrl ?? url);
    await migrate(owner.db);
    const reguarded = await restoreGuards(owner.db);
    if (ownerUrl !== undefined) await grantServingRole(owner.db, role);
    else if (await canChangeAuditLog(writer.db)) log('audit-log-guarded-by-triggers-alone', { role });
    return {
      reader: reader.db,
      searcher: searcher.db,
      writer: writer.db,
      reguarded,
      probe: (until) => writer.run(probeStatements, until),
      release,
      checkLock: async () => lock?.check(),
    };
  } catch (thrown) {
    await Promise.all([reader.db.destroy(), searcher.db.destroy(), writer.db.destroy(), release()]);
    const deeper =
      thrown instanceof Error && !(thrown instanceof DatabaseFault) && thrown.cause !== undefined
        ? `: ${reasonOf(thrown.cause)}`
        : '';
    throw new Error(`PostgreSQL at ${place} cannot be used: ${reasonOf(thrown)}${deeper}`, { cause: thrown });
  } finally {
    await owner.db.destroy();
  }
}
