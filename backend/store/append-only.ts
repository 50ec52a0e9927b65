import { sql, type Kysely } from 'kysely';
import { dialectOf } from './dialect.ts';

/** The function that PostgreSQL's triggers call. A table with such a trigger is append-only, and the serving role's rights are derived from it. */
const triggerFunction = 'refuse_change';

/**
 * Adds triggers that reject updates and deletions of a table's rows with `message`. Call it in the migration that creates the table; on
 * PostgreSQL the serving role's rights follow from the triggers.
 */
export async function makeAppendOnly(db: Kysely<unknown>, table: string, message: string): Promise<void> {
  if (dialectOf(db) === 'sqlite') {
    for (const change of ['update', 'delete'] as const) {
      await sql`
        create trigger ${sql.ref(`${table}_no_${change}`)} before ${sql.raw(change)} on ${sql.table(table)}
        begin select raise(abort, ${sql.lit(message)}); end`.execute(db);
    }
    return;
  }
  await sql`
    create or replace function ${sql.ref(triggerFunction)}() returns trigger language plpgsql as $$
    begin raise exception using message = tg_argv[0], errcode = 'insufficient_privilege'; end $$`.execute(db);
  await sql`
    create trigger ${sql.ref(`${table}_append_only`)} before update or delete or truncate on ${sql.table(table)}
    for each statement execute function ${sql.ref(triggerFunction)}(${sql.lit(message)})`.execute(db);
}

/** The append-only tables of a PostgreSQL database, found by their triggers. */
export async function appendOnlyTables(db: Pick<Kysely<unknown>, 'getExecutor'>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct relname as name from pg_trigger
    join pg_class on pg_class.oid = tgrelid
    join pg_proc on pg_proc.oid = tgfoid
    where proname = ${triggerFunction} and relnamespace = current_schema()::regnamespace
    order by relname`.execute(db);
  return rows.map(({ name }) => name);
}
