import { sql, type Kysely } from 'kysely';
import { grantServingRole } from './grant-serving-role.ts';
import { migrate } from './migrate.ts';
import { connectPostgresql, describeAddress } from './postgresql-connection.ts';
import type { Tables } from './tables.ts';

export interface PostgresqlSettings {
  /** The serving role: `postgres://user:password@host:port/database`. */
  readonly url: string;
  /** The role that owns and migrates the tables, if it is a separate one. The serving role then cannot change the audit log. */
  readonly ownerUrl?: string;
}

/** A migrated database: a pool for parallel reads and a pool for writes, which take turns. */
export interface OpenPostgresql {
  readonly reader: Kysely<Tables>;
  readonly writer: Kysely<Tables>;
}

/** PostgreSQL 14, as `server_version_num` writes it: the oldest version that was still maintained in 2026. */
const minVersion = 140_000;
/** Connections per pool. Two writers: one writes while the next one waits for the lock with its connection already open. */
const [maxReaders, maxWriters] = [8, 2];
/** Longer than any statement should take, including an import's batch. */
const timeoutMs = 30_000;

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing is listening there',
  ENOTFOUND: 'the host name is unknown',
  EAI_AGAIN: 'the host name cannot be resolved at the moment',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'it cannot be reached',
  '28P01': 'the user name or password is wrong',
  '28000': 'it does not allow this user to connect from here',
  '3D000': 'there is no such database',
  '42501': 'the user lacks a required privilege',
  '57P03': 'it is starting up or shutting down',
};

function reasonOf(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  return reasons[code] ?? (thrown instanceof Error ? thrown.message : 'the reason is unknown');
}

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

/** Connects, migrates the database and grants the serving role its rights. Throws an error that names the server and the cause. */
export async function openPostgresql(
  { url, ownerUrl }: PostgresqlSettings,
  log: (event: string, facts: Readonly<Record<string, string | number>>) => void,
): Promise<OpenPostgresql> {
  const onBroken = (error: Error) => {
    log('database-connection-broken', { reason: reasonOf(error) });
  };
  const reader = connectPostgresql(url, { max: maxReaders, timeoutMs, readOnly: true, onBroken });
  const writer = connectPostgresql(url, { max: maxWriters, timeoutMs, onBroken });
  const owner = connectPostgresql(ownerUrl ?? url, { max: 1, timeoutMs: 0, onBroken });
  let place = describeAddress(url);
  try {
    const { role } = await rolesOf(writer);
    place = describeAddress(ownerUrl ?? url);
    await migrate(owner);
    if (ownerUrl !== undefined) await grantServingRole(owner, role);
    else if (await canChangeAuditLog(writer)) log('audit-log-guarded-by-triggers-alone', { role });
    return { reader, writer };
  } catch (thrown) {
    await Promise.all([reader.destroy(), writer.destroy()]);
    const deeper = thrown instanceof Error && thrown.cause !== undefined ? `: ${reasonOf(thrown.cause)}` : '';
    throw new Error(`PostgreSQL at ${place} cannot be used: ${reasonOf(thrown)}${deeper}`, { cause: thrown });
  } finally {
    await owner.destroy();
  }
}
