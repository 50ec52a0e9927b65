import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { dialectOf } from '../dialect.ts';

/**
 * A user name is unique within its directory instead of over all of them. Accounts that a directory could not bring in for that reason were held; their
 * rows are dropped, and the directory is read anew.
 */
export const userNamesPerDirectory: Migration = {
  async up(db: Kysely<unknown>) {
    if (dialectOf(db) === 'sqlite') await rebuildAccounts(db);
    else await sql`alter table accounts drop constraint accounts_user_name_key_key`.execute(db);
    await sql`create unique index accounts_user_name on accounts
      (user_name_key, coalesce(directory_id, ${sql.lit('')}))`.execute(db);
    await sql`update directories set cursor = null
      where id in (select source from held_rows where state = ${sql.lit('open')})`.execute(db);
    await sql`delete from held_rows
      where state = ${sql.lit('open')} and source in (select id from directories)`.execute(db);
  },
};

const former = '"user_name_key" text not null unique';

/**
 * SQLite drops no constraint of a table, so that the table is written anew under its name. The rows keep their numbers, by which the search index knows
 * them. Foreign keys are not enforced during migrations: dropping the former table would delete whatever refers to it.
 */
async function rebuildAccounts(db: Kysely<unknown>): Promise<void> {
  const { rows: made } = await sql<{ type: string; text: string }>`
    select type, sql as text from sqlite_master
    where tbl_name = 'accounts' and sql is not null order by type desc`.execute(db);
  const table = made.find(({ type }) => type === 'table')?.text ?? '';
  if (!table.startsWith('CREATE TABLE "accounts" (') || !table.includes(former))
    throw new Error('The table of accounts is not as the first migration made it');
  const rebuilt = table
    .replace('CREATE TABLE "accounts"', 'CREATE TABLE "accounts_rebuilt"')
    .replace(former, former.replace(' unique', ''));
  await sql.raw(rebuilt).execute(db);
  await sql`insert into accounts_rebuilt select * from accounts`.execute(db);
  await sql`drop table accounts`.execute(db);
  await sql`alter table accounts_rebuilt rename to accounts`.execute(db);
  for (const { type, text } of made) if (type !== 'table') await sql.raw(text).execute(db);
}
