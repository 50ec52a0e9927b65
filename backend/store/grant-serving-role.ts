import { sql, type Kysely } from 'kysely';
import { appendOnlyTables } from './append-only.ts';
import type { Tables } from './tables.ts';

/** What the migrations note down for themselves: for the owner alone to write. */
const bookkeeping = ['kysely_migration', 'kysely_migration_lock'];

/**
 * Gives the serving role what it needs and no more: it reads and writes, but in append-only tables it reads and adds alone, and it
 * cannot change a table's shape or switch a trigger off. `owner` is connected as the role that owns the tables.
 */
export async function grantServingRole(owner: Kysely<Tables>, role: string): Promise<void> {
  const { rows } = await sql<{
    same: boolean;
  }>`select pg_has_role(${role}, current_user, 'member') as same`.execute(owner);
  if (rows[0]?.same !== false) {
    throw new Error(
      `the serving role "${role}" may act as the owner, so that rights would not bind it: give it a role of its own`,
    );
  }
  await owner.transaction().execute(async (tx) => {
    const to = sql.ref(role);
    const { rows: schemas } = await sql<{ name: string }>`select current_schema() as name`.execute(tx);
    const schema = sql.ref(schemas[0]?.name ?? 'public');
    await sql`grant usage on schema ${schema} to ${to}`.execute(tx);
    await sql`grant select, insert, update, delete on all tables in schema ${schema} to ${to}`.execute(tx);
    for (const table of bookkeeping) {
      await sql`revoke insert, update, delete on ${sql.ref(table)} from ${to}`.execute(tx);
    }
    for (const table of await appendOnlyTables(tx)) {
      await sql`revoke update, delete, truncate on ${sql.ref(table)} from public, ${to}`.execute(tx);
    }
  });
}
