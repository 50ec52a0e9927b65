import { setTimeout } from 'node:timers/promises';
import { Kysely, sql, SqliteDialect } from 'kysely';
import Database from 'libsql';
import type { TestDatabase } from '../../backend/store/database-for-test.ts';
import { connectPostgresql } from '../../backend/store/postgresql-connection.ts';
import { prepareOnce } from '../../backend/store/prepared-statements.ts';
import { storageFaultOf } from '../../backend/store/storage-fault.ts';
import type { Transaction } from '../../backend/store/store.ts';
import type { Tables } from '../../backend/store/tables.ts';
import { keepCause } from '../../backend/store/transactions.ts';

type Row = Record<string, unknown>;

/** SQLite's functions take 127 arguments at most. */
const columnsAtOnce = 100;

/**
 * The rows of a table on SQLite, with bytes as hexadecimal digits. They come as one text: the driver takes 0.1 ms for each wide row, and tests that
 * compare all of the database before and after would spend most of their time in it.
 */
async function sqliteRows(db: Kysely<Tables>, table: string, columns: readonly string[]): Promise<Row[]> {
  const values = columns.map((name) => {
    const column = sql.ref(name);
    return sql`case typeof(${column}) when 'blob' then hex(${column}) else ${column} end`;
  });
  const parts = Array.from(
    { length: Math.ceil(values.length / columnsAtOnce) },
    (_, part) => sql`json_array(${sql.join(values.slice(part * columnsAtOnce, (part + 1) * columnsAtOnce))})`,
  );
  const { rows } = await sql<{ text: string }>`
    select json_group_array(json_array(${sql.join(parts)})) as text from ${sql.table(table)}`.execute(db);
  return (JSON.parse(rows[0]?.text ?? '[]') as unknown[][][]).map((row) =>
    Object.fromEntries(row.flat().map((value, at) => [columns[at], value])),
  );
}

interface KnownTable {
  readonly name: string;
  readonly columns: readonly string[];
}
/** Asked once, since it takes a while: all tests of a process have the same tables. */
let known: readonly KnownTable[] | null = null;

async function tablesOf(db: Kysely<Tables>): Promise<readonly KnownTable[]> {
  known ??= (await db.introspection.getTables())
    .filter(({ name, isView }) => !isView && !name.startsWith('account_search'))
    .map(({ name, columns }) => ({ name, columns: columns.map((column) => column.name) }));
  return known;
}

/** Sorted by their contents, because PostgreSQL moves rows that are written. */
const byContents = (rows: readonly Row[]): Row[] =>
  rows
    .map((row) => ({ row, text: JSON.stringify(row) }))
    .toSorted((a, b) => (a.text < b.text ? -1 : 1))
    .map(({ row }) => row);

/** Opens the SQLite file of a running backend, which has migrated it. */
function openRunning(file: string): Kysely<Tables> {
  const database = new Database(file);
  database.exec('pragma busy_timeout = 0');
  database.exec('pragma foreign_keys = on');
  const dialect = new SqliteDialect({ database: prepareOnce(database) });
  return new Kysely<Tables>({ dialect: keepCause(dialect, 'begin immediate') });
}

/** Milliseconds between two tries to write, and for all of them. */
const [retryMs, maxWaitMs] = [5, 20_000];

/**
 * Writes in a transaction. A backend in this process pauses within long changes, and a statement that waited for the end of one would keep it from
 * ending. So this asks for its turn again and again.
 */
async function inTurn<T>(db: Kysely<Tables>, write: (tx: Transaction) => Promise<T>): Promise<T> {
  const until = performance.now() + maxWaitMs;
  for (let hasBegun = false; ; await setTimeout(retryMs)) {
    try {
      return await db.transaction().execute((tx) => {
        hasBegun = true;
        return write(tx);
      });
    } catch (thrown) {
      const isLocked = storageFaultOf(thrown)?.code === 'storage.locked';
      if (hasBegun || !isLocked || performance.now() > until) throw thrown;
    }
  }
}

/** A running test backend's database, accessed directly: on PostgreSQL if `database` is given, else the SQLite file. */
export function backendDatabase(database: TestDatabase | null, sqliteFile: string) {
  const using = async <T>(use: (db: Kysely<Tables>) => Promise<T>): Promise<T> => {
    const db = database
      ? connectPostgresql(database.url, { max: 1, timeoutMs: 15_000, onBroken: () => undefined }).db
      : openRunning(sqliteFile);
    try {
      return await use(db);
    } finally {
      await db.destroy();
    }
  };
  return {
    /** The audit log in the database, oldest first. */
    readAudit: () => using((db) => db.selectFrom('audit_events').selectAll().orderBy('seq').execute()),
    /** Every row of a table. */
    readTable: (table: keyof Tables) =>
      using(async (db): Promise<Row[]> => byContents(await db.selectFrom(table).selectAll().execute())),
    /** Changes rows as an older version or an attacker could have left them, in a transaction. */
    changeRows: (change: (tx: Transaction) => Promise<unknown>) => using((db) => inTurn(db, change)),
    /** Every row of every table. */
    readTables: () =>
      using(async (db) => {
        const tables: Record<string, Row[]> = {};
        for (const { name, columns } of await tablesOf(db)) {
          const rows = database
            ? (await sql<Row>`select * from ${sql.table(name)}`.execute(db)).rows
            : await sqliteRows(db, name, columns);
          tables[name] = byContents(rows);
        }
        return tables;
      }),
  };
}
