import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImportMapping } from '../../../shared/api/import-file.ts';
import { openForTest, operator } from '../open-for-test.ts';

const mapping: ImportMapping = {
  encoding: 'utf-8',
  delimiter: ',',
  header: false,
  columns: { userName: 0, displayName: 1 },
};
const csv = Array.from({ length: 20_000 }, (_none, row) => `user.${row},User Number ${row}\n`).join('');

describe('an import on a disk that gets full', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  beforeEach(async () => {
    desk = await openForTest();
  });
  afterEach(() => desk.close());

  /** Limits the pages of the database. SQLite then fails as it does on a full disk. */
  const allow = (pages: number) => sql`pragma max_page_count = ${sql.lit(pages)}`.execute(desk.writer);
  const pages = async () =>
    (await sql<{ page_count: number }>`pragma page_count`.execute(desk.writer)).rows[0]?.page_count ?? 0;
  const failOnFullDisk = async () => {
    await allow((await pages()) + 200);
    await expect(desk.importCsv(csv, mapping)).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    // Leaves no page for the end of the import either.
    await allow(await pages());
    return (await desk.store.db.selectFrom('imports').select('id').executeTakeFirstOrThrow()).id;
  };
  const failure = { code: 'storage.full', detail: 'The rows could not be stored' };

  it('is failed, with the full disk as the reason', async () => {
    const id = await failOnFullDisk();
    const view = await desk.imports.get(id);
    expect(view).toMatchObject({ state: 'failed', failure });
    expect(view.rows).toBeGreaterThan(0);
  });

  it('has its failure stored once there is room again', async () => {
    const id = await failOnFullDisk();
    await allow(1_000_000);
    expect(await desk.imports.get(id)).toMatchObject({ state: 'failed', failure });
    const row = await desk.store.db
      .selectFrom('imports')
      .select(['state', 'failure'])
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ state: 'failed' });
    expect(JSON.parse(row.failure ?? '')).toMatchObject(failure);
    await expect(desk.imports.cancel(id, operator)).rejects.toMatchObject({ code: 'import.settled' });
    expect(await desk.importCsv(csv, mapping)).toMatchObject({ state: 'finished', rows: 20_000 });
  });
});
