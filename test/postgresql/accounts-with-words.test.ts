import { sql, type Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openForTest } from '../../backend/accounts/open-for-test.ts';
import type { ImportMapping } from '../../shared/api/import-file.ts';
import { accountWords } from '../../backend/store/account-words.ts';
import { indexWords } from '../../backend/store/words-index.ts';
import { createWordSample } from '../../backend/accounts/search/word-sample.ts';
import { testServerVariable } from '../../backend/store/database-for-test.ts';
import { grantServingRole } from '../../backend/store/grant-serving-role.ts';
import { connectPostgresql } from '../../backend/store/postgresql-connection.ts';
import { postgresqlWords } from '../../backend/store/migrations/0073-postgresql-words.ts';
import { longBeginnings } from '../../backend/store/migrations/0081-long-beginnings.ts';

/** More rows than are read in order before the index is asked. */
const maxRows = 30_000;

/** Each word with the rows that have it: everywhere, at one end, in few rows, or beside a word that is never in the same row. */
const rowsWith: Readonly<Record<string, string>> = {
  everywhere: 'true',
  frequent: 'n % 5 = 0',
  moderate: 'n % 300 = 7',
  rare: 'n % 9000 = 4',
  early: 'n <= 500',
  late: `n > ${maxRows - 500}`,
  even: 'n % 2 = 0',
  odd: 'n % 2 = 1',
};

const mapping: ImportMapping = {
  encoding: 'utf-8',
  delimiter: ',',
  header: false,
  columns: { userName: 0, displayName: 1 },
};

/** A connection with all rights in the database of a desk, and the name of the role that serves. */
async function ownerOf(desk: Awaited<ReturnType<typeof openForTest>>) {
  const { rows } = await sql<{ name: string; role: string }>`
    select current_database() as name, current_user as role`.execute(desk.store.db);
  const owner = connectPostgresql(`${process.env[testServerVariable]}/${rows[0]?.name}`, {
    max: 1,
    timeoutMs: 10_000,
    onBroken: () => undefined,
  });
  return { owner, role: rows[0]?.role ?? '' };
}

describe('accounts with words in PostgreSQL', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  beforeAll(async () => {
    desk = await openForTest();
    const list = Object.entries(rowsWith).map(
      ([word, where]) => sql`case when ${sql.raw(where)} then ${sql.lit(word)} end`,
    );
    await desk.store.writeUnaudited((tx) =>
      sql`insert into account_words (row_id, words)
        select n, array_to_tsvector(array_remove(array[${sql.join(list)}], null)) from generate_series(1, ${sql.lit(maxRows)}) n`.execute(
        tx,
      ),
    );
  });
  afterAll(() => desk.close());

  it.each([
    'everywhere',
    'frequent',
    'moderate',
    'rare',
    'early',
    'late',
    'absent',
    'even & odd',
    'moderate & frequent',
    'early | late',
    'early | rare',
    'rare & everywhere',
    'late & frequent',
    "'mod':*",
    "'ra':* & even",
  ])('are the first ones in order: %s', async (query) => {
    const { db } = desk.store;
    for (const most of [1, 21, 200, 1001]) {
      const foundBy = async (search: string) => {
        const { rows } = await sql<{ row_id: number }>`
          select row_id from ${sql.raw(search)}(${query}::tsquery, ${most}) as row_id`.execute(db);
        return rows.map(({ row_id }) => row_id);
      };
      const { rows: expected } = await sql<{ row_id: number }>`
        select row_id from account_words where words @@ ${query}::tsquery order by row_id limit ${most}`.execute(
        db,
      );
      const numbers = expected.map(({ row_id }) => row_id);
      expect(await foundBy('accounts_with_words')).toEqual(numbers);
      expect(await foundBy('accounts_with_rare_words')).toEqual(numbers);
    }
  });
});

describe('a sample of the words of accounts', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  beforeAll(async () => {
    desk = await openForTest();
    const people = Array.from({ length: 300 }, (_none, at) =>
      at < 2 ? `u${at},Zoe Rarely` : `u${at},Ann ${at % 2 === 0 ? 'Smithson' : 'Berger'}`,
    );
    await desk.importCsv(people.join('\n'), mapping);
  });
  afterAll(() => desk.close());

  const anyOf = (...texts: readonly string[]) => texts.map((text) => ({ text, isWhole: false }));

  it('knows no rare words before it was taken', () => {
    expect(createWordSample(desk.store.db).isRare([anyOf('absent')])).toBe(false);
  });

  it.each([
    ['a word of few accounts', [anyOf('zoe')], true],
    ['a word of no account', [anyOf('absent')], true],
    ['two such words', [anyOf('zoe', 'absent')], true],
    ['such a word beside a frequent one', [anyOf('ann'), anyOf('zoe')], true],
    ['a frequent word', [anyOf('ann')], false],
    ['a whole frequent name', [[{ text: 'ann', isWhole: true }]], false],
    ['the beginning of a frequent word', [anyOf('smiths')], false],
    ['two frequent words', [anyOf('ann'), anyOf('smith')], false],
    ['a frequent word or a rare one', [anyOf('ann', 'zoe')], false],
  ])('shows whether few accounts have %s', async (_what, lists, expected) => {
    const sample = createWordSample(desk.store.db);
    await sample.refresh(300);
    expect(sample.isRare(lists)).toBe(expected);
  });

  it('is taken again when there are half as many accounts more', async () => {
    let samples = 0;
    const counting = {
      getExecutor: () => {
        samples += 1;
        return desk.store.db.getExecutor();
      },
    } as unknown as typeof desk.store.db;
    const sample = createWordSample(counting);
    for (const accounts of [100, 149, 150, 200]) await sample.refresh(accounts);
    expect(samples).toBe(2);
  });
});

it('finds accounts by several words after the migration of a database that had them', async () => {
  const desk = await openForTest();
  await desk.importCsv('jue,Jürgen Müller\nzoe,Zoë Schäfer-Lindqvist', mapping);
  const { owner, role } = await ownerOf(desk);
  await sql`drop function accounts_with_words, settle_account_words`.execute(owner.db);
  await sql`drop table account_words`.execute(owner.db);
  await sql`insert into account_prefixes (prefix, row_id) select 'muelle', row_id from accounts`.execute(
    owner.db,
  );
  await postgresqlWords.up(owner.db as unknown as Kysely<unknown>);
  await grantServingRole(owner.db, role);
  await owner.db.destroy();
  const found = async (text: string) =>
    (await desk.search.search(text, 20, 900)).hits.map(({ userName }) => userName);
  expect(await found('muelle')).toEqual(['jue']);
  expect(await found('Mueller Jü')).toEqual(['jue']);
  expect(await found('lindqvist zoe')).toEqual(['zoe']);
  expect(await found('schäf')).toEqual(['zoe']);
  await desk.close();
});

it('finds the accounts of an older database by the beginnings of long words', async () => {
  const desk = await openForTest();
  await desk.importCsv('al,Ann Alexandersson', mapping);
  const { owner } = await ownerOf(desk);
  const found = async () => (await desk.find('alexanderss')).map(({ userName }) => userName);
  await sql`delete from account_words`.execute(owner.db);
  await sql`comment on table account_words is null`.execute(owner.db);
  expect(await found()).toEqual([]);
  await longBeginnings.up(owner.db as unknown as Kysely<unknown>);
  expect(await found()).toEqual(['al']);
  await owner.db.destroy();
  await desk.close();
});

it('leaves no changes that each search would read, after an import and after one change', async () => {
  const desk = await openForTest();
  const { owner } = await ownerOf(desk);
  await sql`create extension pgstattuple`.execute(owner.db);
  const pending = async () => {
    const { rows } = await sql<{ pages: number }>`
      select pending_pages as pages from pgstatginindex('account_words_words')`.execute(owner.db);
    return rows[0]?.pages;
  };
  const many = Array.from({ length: 700 }, (_none, at) => `user${at},Person Number${at}`);
  await desk.importCsv(many.join('\n'), mapping);
  expect(await pending()).toBe(0);
  const person = await desk.store.db.selectFrom('accounts').selectAll().executeTakeFirstOrThrow();
  const words = accountWords({ ...person, display_name: 'Renamed Person' });
  await desk.store.writeUnaudited((tx) =>
    indexWords(tx, [{ id: person.id, words, before: accountWords(person) }]),
  );
  expect(await pending()).toBe(0);
  await owner.db.destroy();
  await desk.close();
});
