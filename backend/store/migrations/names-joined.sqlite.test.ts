import { sql, type Kysely } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openForTest } from '../../accounts/open-for-test.ts';
import { namesJoined } from './0075-names-joined.ts';

let desk: Awaited<ReturnType<typeof openForTest>>;
beforeEach(async () => {
  desk = await openForTest();
});
afterEach(() => desk.close());

it('finds the accounts of an older database by their joined names', async () => {
  await desk.importCsv('al,Anna-Lena Meier', {
    encoding: 'utf-8',
    delimiter: ',',
    header: false,
    columns: { userName: 0, displayName: 1 },
  });
  const found = async () => (await desk.find('annalena')).map(({ userName }) => userName);
  await desk.store.writeUnaudited((tx) =>
    sql`insert into account_search (account_search) values ('delete-all')`.execute(tx),
  );
  expect(await found()).toEqual([]);
  await desk.store.writeUnaudited((tx) => namesJoined.up(tx as unknown as Kysely<unknown>));
  expect(await found()).toEqual(['al']);
});
