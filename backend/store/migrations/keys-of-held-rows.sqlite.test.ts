import { sql, type Kysely } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openForTest } from '../../accounts/open-for-test.ts';
import { keysOfHeldRows } from './0084-keys-of-held-rows.ts';

let desk: Awaited<ReturnType<typeof openForTest>>;
beforeEach(async () => {
  desk = await openForTest();
});
afterEach(() => desk.close());

it('the migration gives open held rows the ids that their data has', async () => {
  const db = desk.writer;
  await sql`drop index held_rows_source`.execute(db);
  for (const column of ['source_id', 'source_id_key'])
    await sql`alter table held_rows drop column ${sql.ref(column)}`.execute(db);
  const put = (id: string, state: string, data: object) =>
    sql`insert into held_rows (id, import_id, source, line, reason, data, has, row_key, state, held_at)
      values (${id}, 'x', 'one', 1, 'other-source', ${JSON.stringify(data)}, '[]', ${id}, ${state}, 1)`.execute(
      db,
    );
  for (let at = 0; at < 501; at += 1)
    await put(`row ${at}`, 'open', { source_id: `A${at}`, source_id_key: `one A${at}` });
  await put('without', 'open', { source_id: null, source_id_key: null });
  await put('decided', 'dropped', { source_id: 'B', source_id_key: 'one B' });
  await keysOfHeldRows.up(db as unknown as Kysely<unknown>);
  const rows = await db.selectFrom('held_rows').select(['id', 'source_id', 'source_id_key']).execute();
  expect(rows).toHaveLength(503);
  for (const { id, source_id: sourceId, source_id_key: key } of rows) {
    const name = id.startsWith('row ') ? id.replace('row ', 'A') : null;
    expect([sourceId, key]).toEqual(name === null ? [null, null] : [name, `one ${name}`]);
  }
});
