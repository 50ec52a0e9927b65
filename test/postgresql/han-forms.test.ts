import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openForTest } from '../../backend/accounts/open-for-test.ts';
import { indexHanNames } from '../../backend/store/migrations/0080-numbers-and-han-forms.ts';

let desk: Awaited<ReturnType<typeof openForTest>>;
beforeEach(async () => {
  desk = await openForTest();
});
afterEach(() => desk.close());

it('finds the accounts of an older PostgreSQL database by the other form of their names, and by none that they had', async () => {
  await desk.importCsv('wl,陳偉麗', {
    encoding: 'utf-8',
    delimiter: ',',
    header: false,
    columns: { userName: 0, displayName: 1 },
  });
  // As an older version indexed it.
  await desk.store.writeUnaudited(async (tx) => {
    await sql`update account_words set words = array_to_tsvector(array['陳', '陳偉', '陳偉麗', 'w', 'wl'])`.execute(
      tx,
    );
    await sql`delete from account_prefixes`.execute(tx);
    await sql`insert into account_prefixes select prefix, row_id from account_words,
      unnest(array['陳', '陳偉', '陳偉麗', 'w', 'wl']) as prefix`.execute(tx);
  });
  const found = async (text: string) => (await desk.find(text)).map(({ userName }) => userName);
  expect(await found('陈伟丽')).toEqual([]);
  await desk.store.writeUnaudited((tx) => indexHanNames(tx));
  expect(await found('陈伟丽')).toEqual(['wl']);
  const { rows } = await sql`select 1 from account_prefixes where prefix like '陳%'`.execute(desk.store.db);
  expect(rows).toEqual([]);
});
