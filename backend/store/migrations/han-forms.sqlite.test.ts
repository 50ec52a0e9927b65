import { sql, type Kysely } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openForTest } from '../../accounts/open-for-test.ts';
import { numbersAndHanForms } from './0080-numbers-and-han-forms.ts';

let desk: Awaited<ReturnType<typeof openForTest>>;
beforeEach(async () => {
  desk = await openForTest();
});
afterEach(() => desk.close());

it('finds the accounts of an older database by the other form of their names', async () => {
  await desk.importCsv('wl,陳偉麗', {
    encoding: 'utf-8',
    delimiter: ',',
    header: false,
    columns: { userName: 0, displayName: 1 },
  });
  const found = async (text: string) => (await desk.find(text)).map(({ userName }) => userName);
  // As an older version indexed it.
  await desk.store.writeUnaudited(async (tx) => {
    await sql`delete from account_search`.execute(tx);
    await sql`insert into account_search (rowid, words) select row_id, '陳偉麗 wl' from accounts`.execute(tx);
    await sql`drop index accounts_bare_employee_number`.execute(tx);
  });
  expect(await found('陈伟丽')).toEqual([]);
  await desk.store.writeUnaudited((tx) => numbersAndHanForms.up(tx as unknown as Kysely<unknown>));
  expect(await found('陈伟丽')).toEqual(['wl']);
  expect(await found('陳')).toEqual(['wl']);
});
