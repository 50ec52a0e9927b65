import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportMapping } from '../../../shared/api/import-file.ts';
import { foldedWords } from '../../text/fold.ts';
import { openForTest } from '../open-for-test.ts';

const mapping: ImportMapping = {
  encoding: 'utf-8',
  delimiter: ',',
  header: false,
  columns: { userName: 0, displayName: 1, department: 2 },
};
/** The one account with a given name and a family name that are otherwise never together. */
const odd = 4321;
const given = ['Anna', 'Bruno', 'Carla', 'Andrea'];
const family = ['Smith', 'Jansen', 'Berger', 'Smythe'];

/** Accounts whose given and family names go together. All user names share a long beginning. */
const accounts = Array.from({ length: 9000 }, (_none, at) => {
  const first = given[at % given.length] ?? '';
  const last = at === odd ? 'Berger' : (family[at % family.length] ?? '');
  // In the second row of bitmaps only.
  const later = at >= 8100 && at % 3 === 0 ? ' Laterly' : '';
  return {
    userName: `staffmember.${at}`,
    name: `${first} ${last}${at % 200 === 0 ? ' Rarely' : ''}${later}`,
    department: `Department ${at % 20}`,
  };
});

const startOf = (count: number) => accounts.slice(0, count).map(({ userName }) => userName);
/** The user names of accounts with a word for each typed one, in the order of their creation. */
const expected = (text: string, all: readonly { userName: string; name: string }[]): string[] => {
  const typed = foldedWords(text).map(({ word }) => word);
  return all
    .filter(({ userName, name }) => {
      const words = foldedWords(`${name} ${userName}`).map(({ word }) => word);
      words.push(userName.replace('.', ''));
      return typed.every((word) => words.some((known) => known.startsWith(word)));
    })
    .map(({ userName }) => userName);
};

describe('words that many accounts have', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  const csvOf = (some: typeof accounts) =>
    some.map(({ userName, name, department }) => `${userName},${name},${department}`).join('\n');
  const found = async (text: string, filter = {}) => {
    const { hits } = await desk.search.search(text, 50, 900, undefined, { filter });
    return hits.filter(({ similar }) => similar === null).map(({ userName }) => userName);
  };
  beforeAll(async () => {
    desk = await openForTest();
    for (let from = 0; from < accounts.length; from += 2250)
      await desk.importCsv(csvOf(accounts.slice(from, from + 2250)), mapping);
    // PostgreSQL learns with a search which words are common.
    await desk.search.search('a', 1, 900);
  }, 120_000);
  afterAll(() => desk.close());

  it('are known with their beginnings', async () => {
    const rows = await desk.store.db.selectFrom('common_words').select('word').execute();
    const words = rows.map(({ word }) => word);
    expect(words).toEqual(
      expect.arrayContaining(['a', 'anna', 'anna.', 'staffmember', 'staffmember1', 'laterly.']),
    );
    expect(words).not.toContain('rarely');
  });

  it.for([
    'bruno berger',
    'berger b',
    'an smy',
    'anna smith',
    'anna smith rarely',
    'smith laterly',
    'carla berger laterly',
    'bruno smith',
    'staffmember5',
    'staffmember4321 berger',
    'staffmember 4321 bruno',
    'smith staffmember 40',
  ])('find the accounts that have all of them: %s', async (text) => {
    const wanted = expected(text, accounts);
    expect((await found(text)).toSorted()).toEqual(wanted.slice(0, 50).toSorted());
  });

  it('find the only account with two of them', async () => {
    expect(await found('Bruno Berger')).toEqual([accounts[odd]?.userName]);
  });

  it('find accounts within a department', async () => {
    const wanted = expected(
      'carla berger',
      accounts.filter(({ department }) => department === 'Department 6'),
    );
    expect(wanted.length).toBeGreaterThan(50);
    expect(await found('carla berger', { department: 'Department 6' })).toEqual(wanted.slice(0, 50));
    expect(await found('carla smith', { department: 'Department 6' })).toEqual([]);
  });

  it('find names that resemble them', async () => {
    const { hits } = await desk.search.search('Carla Bergar', 50, 900);
    expect(hits.map(({ userName }) => userName)).toEqual(expected('carla berger', accounts).slice(0, 50));
  });

  it('find a renamed account by its new name only', async () => {
    const [first = '', second = ''] = startOf(2);
    await desk.importCsv(`${first},Bruno Smith,Department 0\n${second},Carla Jansen,Department 1`, mapping);
    expect(await found('bruno smith')).toEqual([first]);
    expect(await found('jansen carla')).toEqual([second]);
    expect(await found('anna smith')).not.toContain(first);
    expect(await found('bruno jansen')).not.toContain(second);
    await desk.importCsv(csvOf(accounts.slice(0, 2)), mapping);
    expect(await found('bruno smith')).toEqual([]);
    expect((await found('anna smith'))[0]).toBe(first);
  });
});

it('words of many accounts that were added later are found to be common', async () => {
  const desk = await openForTest();
  const rowsOf = (name: string, count: number) =>
    Array.from({ length: count }, (_none, at) => `${name}.${at},${name} Person`).join('\n');
  const columns = { userName: 0, displayName: 1 };
  await desk.importCsv(rowsOf('oldtimer', 3000), { ...mapping, columns });
  await desk.importCsv(rowsOf('newcomer', 1000), { ...mapping, columns });
  const rows = await desk.store.db.selectFrom('common_words').select('word').execute();
  expect(rows.map(({ word }) => word)).toEqual(expect.arrayContaining(['newcomer', 'newcomer.']));
  await desk.close();
});
