import { sql, type Kysely } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openForTest } from '../../accounts/open-for-test.ts';
import type { Tables } from '../tables.ts';
import { userNamesPerDirectory } from './0051-user-names-per-directory.ts';

let desk: Awaited<ReturnType<typeof openForTest>>;
beforeEach(async () => {
  desk = await openForTest();
  await desk.imports.samples({
    actor: { kind: 'system' },
    clientAddress: null,
    client: null,
  });
  await asBefore(desk.writer);
});
afterEach(() => desk.close());

/** Gives the table of accounts the form that it had before the migration, in which a user name is unique over all directories. */
async function asBefore(db: Kysely<Tables>) {
  const { rows } = await sql<{ text: string; type: string }>`
    select sql as text, type from sqlite_master
    where tbl_name = 'accounts' and sql is not null order by type desc`.execute(db);
  const [table, ...indexes] = rows.map(({ text }) => text);
  await sql`pragma foreign_keys = off`.execute(db);
  const former = (table ?? '')
    .replace(/^CREATE TABLE "\w+"/u, 'CREATE TABLE "former"')
    .replace('"user_name_key" text not null', '"user_name_key" text not null unique');
  await sql.raw(former).execute(db);
  await sql`insert into former select * from accounts`.execute(db);
  await sql`drop table accounts`.execute(db);
  await sql`alter table former rename to accounts`.execute(db);
  for (const text of indexes) if (!text.includes('accounts_user_name')) await sql.raw(text).execute(db);
}

const migrated = async () => {
  await userNamesPerDirectory.up(desk.writer as unknown as Kysely<unknown>);
  await sql`pragma foreign_keys = on`.execute(desk.writer);
};

const put = (directoryId: string | null) =>
  sql`insert into accounts (id, directory, directory_id, user_name, user_name_key, display_name, tier, disabled,
      local_password, created_at, updated_at)
    values (${`${directoryId ?? 'own'}-1`}, 'ldap', ${directoryId}, 'twin', 'twin', 'Twin', 'standard', 0, 1, 1, 1)`.execute(
    desk.writer,
  );

describe('the migration to user names of each directory', () => {
  it('keeps accounts, what refers to them, their indexes and their place in the search', async () => {
    const db = desk.writer;
    const [marlene] = await desk.find('Marlene Okafor');
    const id = marlene?.id ?? '';
    await sql`insert into account_credentials (account_id, set_at, must_change) values (${id}, 1, 0)`.execute(
      db,
    );
    const before = await db.selectFrom('accounts').selectAll().orderBy('row_id').execute();
    const indexes = () =>
      sql<{ name: string }>`select name from sqlite_master where tbl_name = 'accounts' and type = 'index'
        and sql is not null order by name`.execute(db);
    const { rows: indexesBefore } = await indexes();
    await migrated();
    expect(await db.selectFrom('accounts').selectAll().orderBy('row_id').execute()).toEqual(before);
    expect(await db.selectFrom('account_credentials').select('account_id').execute()).toEqual([
      { account_id: id },
    ]);
    expect((await desk.find('Marlene Okafor')).map((hit) => hit.id)).toEqual([id]);
    const { rows } = await indexes();
    expect(rows.map(({ name }) => name)).toEqual(
      [...indexesBefore.map(({ name }) => name), 'accounts_user_name'].toSorted(),
    );
    expect((await sql`pragma foreign_key_check`.execute(db)).rows).toEqual([]);
  });

  it('allows a user name once in each directory', async () => {
    await put(null);
    await expect(put('one')).rejects.toThrow(/UNIQUE/u);
    await migrated();
    await put('one');
    await put('two');
    await expect(put('one')).rejects.toThrow(/UNIQUE/u);
    await expect(put(null)).rejects.toThrow(/UNIQUE/u);
  });

  it('drops what was held of directories, which are read anew, and keeps what was held of files', async () => {
    const db = desk.writer;
    await sql`insert into directories (id, kind, name, settings, enabled, created_at, changed_at, cursor)
      values ('one', 'ldap', 'One', '{}', 1, 1, 1, 'c1'), ('two', 'ldap', 'Two', '{}', 1, 1, 1, 'c2')`.execute(
      db,
    );
    for (const source of ['one', 'file'])
      await sql`insert into held_rows (id, import_id, source, line, reason, data, has, row_key, state, held_at)
        values (${source}, 'x', ${source}, 1, 'other-source', '{}', '[]', ${source}, 'open', 1)`.execute(db);
    await migrated();
    expect(await db.selectFrom('held_rows').select('source').execute()).toEqual([{ source: 'file' }]);
    expect(await db.selectFrom('directories').select(['id', 'cursor']).orderBy('id').execute()).toEqual([
      { id: 'one', cursor: null },
      { id: 'two', cursor: 'c2' },
    ]);
  });
});
