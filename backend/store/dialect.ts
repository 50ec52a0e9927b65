import { PostgresAdapter, type ColumnDefinitionBuilder, type Kysely } from 'kysely';

/** The databases that the store supports. */
export type Dialect = 'sqlite' | 'postgresql';

/** The database behind a connection or transaction, for the few statements that differ. */
export const dialectOf = (db: Pick<Kysely<unknown>, 'getExecutor'>): Dialect =>
  db.getExecutor().adapter instanceof PostgresAdapter ? 'postgresql' : 'sqlite';

/**
 * An auto-incremented primary key: `addColumn(name, 'integer', numberedKey(db))`. PostgreSQL leaves gaps where a transaction was rolled back.
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
