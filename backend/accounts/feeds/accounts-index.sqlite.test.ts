import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { openForTest } from '../open-for-test.ts';

it.each([
  [
    'are found by their keys',
    "select id from accounts where directory_id = 'one' and source_id in ('a', 'b')",
  ],
  [
    'are compared by pages',
    "select id from accounts where directory_id = 'one' and closed_at is null and source_id > 'a' order by source_id limit 500",
  ],
  ['are counted', "select count(*) from accounts where directory_id = 'one' and closed_at is null"],
])('accounts of a directory %s without a scan of all accounts', async (_what, statement) => {
  const desk = await openForTest();
  const { rows } = await sql
    .raw<{ readonly detail: string }>(`explain query plan ${statement}`)
    .execute(desk.store.db);
  expect(rows.map(({ detail }) => detail).join()).toMatch(/^SEARCH accounts USING .*accounts_directory/);
  await desk.close();
});
