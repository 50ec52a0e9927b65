import { sql, type Kysely } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openForTest } from '../../accounts/open-for-test.ts';
import { longBeginnings } from './0081-long-beginnings.ts';

let desk: Awaited<ReturnType<typeof openForTest>>;
beforeEach(async () => {
  desk = await openForTest();
});
afterEach(() => desk.close());

const beginning = 'alexanderssonvonundzuber';
const found = async () => (await desk.find(beginning)).map(({ userName }) => userName);

it('gives an older database lists of the accounts with long beginnings', async () => {
  const columns = { userName: 0, displayName: 1 };
  const mapping = { encoding: 'utf-8', delimiter: ',', header: false, columns } as const;
  await desk.importCsv(`al,Ann ${beginning}g`, mapping);
  await desk.store.writeUnaudited(async (tx) => {
    await sql`drop table account_search`.execute(tx);
    await sql`create virtual table account_search using fts5(
      words, content='', contentless_delete=1, detail=none, prefix='1 8')`.execute(tx);
  });
  expect(await found()).toEqual([]);
  await desk.store.writeUnaudited((tx) => longBeginnings.up(tx as unknown as Kysely<unknown>));
  expect(await found()).toEqual(['al']);
  const { rows } = await sql<{ sql: string }>`
    select sql from sqlite_master where name = 'account_search'`.execute(desk.store.db);
  expect(rows[0]?.sql).toContain(`prefix='1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24'`);
});
