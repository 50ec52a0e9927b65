import { PostgresAdapter, type ColumnDefinitionBuilder, type Kysely } from 'kysely';

/** The two databases that the store speaks to. */
export type Dialect = 'sqlite' | 'postgresql';

/** Which database is behind a connection or a transaction; for the few statements that only one of them has. */
export const dialectOf = (db: Pick<Kysely<unknown>, 'getExecutor'>): Dialect =>
  db.getExecutor().adapter instanceof PostgresAdapter ? 'postgresql' : 'sqlite';

/**
 * A primary key that the database numbers itself, for `addColumn(name, 'integer', numberedKey(db))`. PostgreSQL leaves gaps where a change
 * was rolled back.
 */
export const numberedKey =
  (db: Pick<Kysely<unknown>, 'getExecutor'>) =>
  (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder =>
    dialectOf(db) === 'postgresql'
      ? column.generatedByDefaultAsIdentity().primaryKey()
      : column.primaryKey().autoIncrement();

/** PostgreSQL's code for text that it cannot store: it holds a NUL character, which SQLite would accept. */
const characterNotInRepertoire = '22021';

/** Whether a statement failed because of a character in the client's input: a bad request, and not a defect of the backend. */
export const isUnstorableText = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && thrown.code === characterNotInRepertoire;
