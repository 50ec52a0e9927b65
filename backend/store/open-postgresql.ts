import { sql, type Kysely } from 'kysely';
import { grantServingRole } from './grant-serving-role.ts';
import { migrate } from './migrate.ts';
import { connectPostgresql, describeAddress } from './postgresql-connection.ts';
import type { Tables } from './tables.ts';

export interface PostgresqlSettings {
  /** `postgres://user:password@host:port/database`: who serves. */
  readonly url: string;
  /** Who owns the tables and changes their shape, when that is another role; the serving one then cannot rewrite history. */
  readonly ownerUrl?: string;
}

/** A migrated database with one way for reading, in parallel, and one for writing, in turn. */
export interface OpenPostgresql {
  readonly reader: Kysely<Tables>;
  readonly writer: Kysely<Tables>;
}

/** Oldest version with everything that is used here and still maintained when this was written. */
const oldestVersion = 140_000;
/** Reads at once. Two writers: one that writes and one that waits for its turn, with its way to the server behind it. */
const [readers, writers] = [8, 2];
/** Milliseconds: longer than any statement should take, an import's batch included. */
const timeoutMs = 30_000;

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'the name of the computer is not known',
  EAI_AGAIN: 'the name of the computer cannot be looked up now',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'it cannot be reached',
  '28P01': 'it refuses the user or the password',
  '28000': 'it refuses this user from here',
  '3D000': 'there is no such database',
  '42501': 'the user lacks a right that is needed',
  '57P03': 'it is starting up or shutting down',
};

function reasonOf(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  return reasons[code] ?? (thrown instanceof Error ? thrown.message : 'the reason is not known');
}

async function rolesOf(db: Kysely<Tables>) {
  const { rows } = await sql<{ role: string; encoding: string; version: number }>`
    select current_user as role, current_setting('server_encoding') as encoding,
      current_setting('server_version_num')::integer as version`.execute(db);
  const [row] = rows;
  if (!row || row.encoding !== 'UTF8') throw new Error('the database must be made with the encoding UTF8');
  if (row.version < oldestVersion) throw new Error('PostgreSQL 14 or newer is needed');
  return row;
}

async function mayRewriteHistory(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`
    select has_table_privilege('audit_events', 'update') as may`.execute(db);
  return rows[0]?.may !== false;
}

/** Connects, brings the database up to date and sees to the rights; throws with where it is and what is wrong. */
export async function openPostgresql(
  { url, ownerUrl }: PostgresqlSettings,
  log: (event: string, facts: Readonly<Record<string, string | number>>) => void,
): Promise<OpenPostgresql> {
  const onBroken = (error: Error) => {
    log('database-connection-broken', { reason: reasonOf(error) });
  };
  const reader = connectPostgresql(url, { max: readers, timeoutMs, readOnly: true, onBroken });
  const writer = connectPostgresql(url, { max: writers, timeoutMs, onBroken });
  const owner = connectPostgresql(ownerUrl ?? url, { max: 1, timeoutMs: 0, onBroken });
  let place = describeAddress(url);
  try {
    const { role } = await rolesOf(writer);
    place = describeAddress(ownerUrl ?? url);
    await migrate(owner);
    if (ownerUrl !== undefined) await grantServingRole(owner, role);
    else if (await mayRewriteHistory(writer)) log('audit-log-guarded-by-triggers-alone', { role });
    return { reader, writer };
  } catch (thrown) {
    await Promise.all([reader.destroy(), writer.destroy()]);
    const deeper = thrown instanceof Error && thrown.cause !== undefined ? `: ${reasonOf(thrown.cause)}` : '';
    throw new Error(`PostgreSQL at ${place} cannot be used: ${reasonOf(thrown)}${deeper}`, { cause: thrown });
  } finally {
    await owner.destroy();
  }
}
