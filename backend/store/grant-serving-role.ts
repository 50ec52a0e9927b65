import { sql, type Kysely } from 'kysely';
import { appendOnlyTables } from './append-only.ts';
import type { Tables } from './tables.ts';

/** The migrations' own tables: only the owner may write to them. */
const migrationTables = ['kysely_migration', 'kysely_migration_lock'];

/**
 * Grants the serving role the minimum: it reads and writes, only reads and inserts in append-only tables, and cannot alter a table or disable a
 * trigger. `owner` is connected as the role that owns the tables. Throws if the serving role may act as the owner.
 */
export async function grantServingRole(owner: Kysely<Tables>, role: string): Promise<void> {
  const { rows } = await sql<{
    same: boolean;
  }>`select pg_has_role(${role}, current_user, 'member') as same`.execute(owner);
  if (rows[0]?.same !== false) {
    throw new Error(
      `the serving role "${role}" is a member of the owner's role, so its rights would not limit it: create a separate role for it`,
    );
  }
  await owner.transaction().execute(async (tx) => {
    const to = sql.ref(role);
    const { rows: schemas } = await sql<{ name: string }>`select current_schema() as name`.execute(tx);
    const schema = sql.ref(schemas[0]?.name ?? 'public');
    await sql`grant usage on schema ${schema} to ${to}`.execute(tx);
    await sql`grant select, insert, update, delete on all tables in schema ${schema} to ${to}`.execute(tx);
    for (const table of migrationTables) {
      await sql`revoke insert, update, delete on ${sql.ref(table)} from ${to}`.execute(tx);
    }
    for (const table of await appendOnlyTables(tx)) {
      await sql`revoke update, delete, truncate on ${sql.ref(table)} from public, ${to}`.execute(tx);
    }
  });
}
