import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, SqliteDialect } from 'kysely';
import Database from 'libsql';
import { createAuditKey, type AuditKey } from '../../store/audit-key.ts';
import { readSecretKey } from '../configuration/secret-key.ts';
import type { Tables } from '../../store/tables.ts';
import { UsageError, type Variables } from './command.ts';
import { folderOf } from './open-for-writing.ts';

export interface OpenForReading {
  /** The data folder. */
  readonly folder: string;
  readonly db: Kysely<Tables>;
  /** Null if there is no key file. */
  readonly key: AuditKey | null;
}

/** Opens a SQLite file without writing to it. */
export function openFileForReading(file: string): Kysely<Tables> {
  const database = new Database(file, { readonly: true });
  database.exec('pragma query_only = on');
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
}

/** Opens the database of a data folder, or the PostgreSQL database that the environment names, read-only: no migration, no new key, no file. */
export async function openForReading(
  data: string | undefined,
  variables: Variables,
): Promise<OpenForReading> {
  const folder = folderOf(data, variables);
  const key = existsSync(join(folder, 'secret.key')) ? createAuditKey(readSecretKey(folder)) : null;
  const url = variables['RESET_DESK_DATABASE_URL'];
  if (url !== undefined) {
    const { connectPostgresql } = await import('../../store/postgresql-connection.ts');
    const settings = { max: 1, timeoutMs: 0, readOnly: true, standby: true, onBroken: () => undefined };
    return { folder, db: connectPostgresql(url, settings).db, key };
  }
  const file = join(folder, 'reset-desk.db');
  if (!existsSync(file)) throw new UsageError(`There is no database in ${folder}.`);
  return { folder, db: openFileForReading(file), key };
}
