import { sql, type Kysely } from 'kysely';
import { dialectOf } from './dialect.ts';
import type { Tables } from './tables.ts';

/** A connection or a transaction of any tables. */
type Executes = Pick<Kysely<unknown>, 'getExecutor'>;

/** The function that PostgreSQL's triggers call. A table with such a trigger is append-only, and the serving role's rights are derived from it. */
const triggerFunction = 'refuse_change';

const sqliteChanges = ['update', 'delete'] as const;
const sqliteTrigger = (table: string, change: (typeof sqliteChanges)[number], message: string) => sql`
  create trigger ${sql.ref(`${table}_no_${change}`)} before ${sql.raw(change)} on ${sql.table(table)}
  begin select raise(abort, ${sql.lit(message)}); end`;

/**
 * Adds triggers that reject updates and deletions of a table's rows with `message`. Call it in the migration that creates the table; on
 * PostgreSQL the serving role's rights follow from the triggers.
 */
export async function makeAppendOnly(db: Executes, table: string, message: string): Promise<void> {
  if (dialectOf(db) === 'sqlite') {
    for (const change of sqliteChanges) await sqliteTrigger(table, change, message).execute(db);
    return;
  }
  await sql`
    create or replace function ${sql.ref(triggerFunction)}() returns trigger language plpgsql as $$
    begin raise exception using message = tg_argv[0], errcode = 'insufficient_privilege'; end $$`.execute(db);
  await sql`
    create trigger ${sql.ref(`${table}_append_only`)} before update or delete or truncate on ${sql.table(table)}
    for each statement execute function ${sql.ref(triggerFunction)}(${sql.lit(message)})`.execute(db);
}

/** The append-only tables of the current schema, with the messages of their triggers. */
const guardedTables: readonly (readonly [table: string, message: string])[] = [
  ['audit_events', 'the audit log is append-only'],
  ['audit_checkpoints', 'the audit log is append-only'],
  ['evidence', 'evidence is written once'],
];

const withoutSpaces = (text: string): string => text.replaceAll(/\s+/g, '').toLowerCase();

/** The append-only tables whose triggers are missing, disabled or changed, which only another program could have done. */
export async function unguardedTables(db: Executes): Promise<string[]> {
  if (dialectOf(db) === 'sqlite') {
    const { rows } = await sql<{ sql: string }>`
      select sql from sqlite_master where type = 'trigger'`.execute(db);
    const present = new Set(rows.map((trigger) => withoutSpaces(trigger.sql)));
    return guardedTables
      .filter(([table, message]) =>
        sqliteChanges.some(
          (change) => !present.has(withoutSpaces(sqliteTrigger(table, change, message).compile(db).sql)),
        ),
      )
      .map(([table]) => table);
  }
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_trigger
    join pg_class on pg_class.oid = tgrelid
    join pg_proc on pg_proc.oid = tgfoid
    where proname = ${triggerFunction} and relnamespace = current_schema()::regnamespace
      and tgname = relname || '_append_only' and tgenabled = 'O' and prosrc like '%raise exception%'`.execute(
    db,
  );
  const present = new Set(rows.map(({ name }) => name));
  return guardedTables.filter(([table]) => !present.has(table)).map(([table]) => table);
}

/**
 * Restores the triggers of append-only tables that lost them, and returns those tables. On PostgreSQL `db` must be connected as the owner of the
 * tables.
 */
export async function restoreGuards(db: Kysely<Tables>): Promise<string[]> {
  const unguarded = await unguardedTables(db);
  for (const [table, message] of guardedTables) {
    if (!unguarded.includes(table)) continue;
    await db.transaction().execute(async (tx) => {
      if (dialectOf(tx) === 'sqlite') {
        for (const change of sqliteChanges)
          await sql`drop trigger if exists ${sql.ref(`${table}_no_${change}`)}`.execute(tx);
      } else {
        await sql`drop trigger if exists ${sql.ref(`${table}_append_only`)} on ${sql.table(table)}`.execute(
          tx,
        );
      }
      await makeAppendOnly(tx, table, message);
    });
  }
  return unguarded;
}

/** The append-only tables of a PostgreSQL database, found by their triggers. */
export async function appendOnlyTables(db: Executes): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct relname as name from pg_trigger
    join pg_class on pg_class.oid = tgrelid
    join pg_proc on pg_proc.oid = tgfoid
    where proname = ${triggerFunction} and relnamespace = current_schema()::regnamespace
    order by relname`.execute(db);
  return rows.map(({ name }) => name);
}
