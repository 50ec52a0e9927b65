import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openForTest } from '../../backend/accounts/open-for-test.ts';
import { testServerVariable } from '../../backend/store/database-for-test.ts';
import { everyAccount } from '../../shared/api/operator.ts';
import type { AccountFilter } from '../../shared/api/account.ts';
import type { ImportMapping } from '../../shared/api/import-file.ts';
import { benchAccount } from '../bench/account-rows.ts';

const mapping: ImportMapping = {
  encoding: 'utf-8',
  delimiter: ',',
  header: false,
  columns: {
    userName: 0,
    displayName: 1,
    email: 2,
    phone: 3,
    employeeNumber: 4,
    department: 5,
    tier: 6,
    status: 7,
  },
};
const strange = [
  ['b.long', 'Bartholomäus Alexandersson-Alexanders', 'bart@example.com', '+49 555 0100 777', 'L-1'],
  ['alexanders', 'Alexander The Long', 'bart@example.com', '0555 0100777', 'L-10'],
  ["s.o'brien", "Siobhán O'Brien", '', '', ''],
  ['weiß', 'Jörg Weiß', 'joerg@example.com', '', 'l-1'],
  ['ełk', 'Łucja Ødegaard', '', '112', ''],
  ['tanaka', '田中 太郎', '', '', ''],
  ['smile', '😀 Smile 𝒮cript', '', '', ''],
  ['עברית', 'שלום עולם', '', '', ''],
  ['chen', '陳偉麗', '', '', 'Q-00.12'],
];
const rows = [
  ...Array.from({ length: 3000 }, (_each, at) => {
    const { userName, name, email } = benchAccount(at);
    return [
      userName,
      name,
      email,
      `+49 555 ${1_000_000 + at}`,
      `E${at}`,
      `Department ${at % 40}`,
      at % 100 === 0 ? 'privileged' : 'standard',
      at % 70 === 0 ? 'locked' : at % 3 === 0 ? 'disabled' : 'active',
    ];
  }),
  ...strange.map((row) => [...row, 'Bücherei', 'sensitive', 'active']),
];

/** Filters with and without an index, and a list of few accounts. */
const filters: readonly AccountFilter[] = [
  { status: 'locked' },
  { status: 'disabled' },
  { status: 'active' },
  { tier: 'privileged', status: 'locked' },
  { department: 'Department 7', status: 'disabled' },
  { department: 'Bücherei' },
  { tier: 'sensitive', directory: 'built-in' },
];

describe('a search on both databases', () => {
  const desks: Awaited<ReturnType<typeof openForTest>>[] = [];
  beforeAll(async () => {
    const server = process.env[testServerVariable];
    delete process.env[testServerVariable];
    desks.push(await openForTest());
    if (server !== undefined) process.env[testServerVariable] = server;
    desks.push(await openForTest());
    for (const desk of desks) {
      await desk.importCsv(rows.map((row) => row.join(',')).join('\n'), mapping);
      // A changed name replaces its indexed words.
      await desk.importCsv('smile,Renamed Person\nalexanders,Alexa Short', {
        ...mapping,
        columns: { userName: 0, displayName: 1 },
      });
    }
  }, 60_000);
  afterAll(async () => {
    for (const desk of desks) await desk.close();
  });

  it('answers the same accounts in the same order with the same marks', async () => {
    const texts = new Set<string>([
      '',
      ' ',
      '%',
      '_',
      '*',
      "'",
      '\\',
      'a\0b',
      '555 0100',
      '777',
      'renamed',
      'script',
      'Q0012',
      'q-001',
      '陈伟丽',
      'AlexanderLong',
      'longalexander',
    ]);
    for (const [userName = '', name = '', email = '', phone = '', number = ''] of [
      ...rows.slice(0, 40),
      ...strange,
    ]) {
      const backwards = name.split(' ').toReversed().join(' ');
      for (const text of [name, backwards, userName, email, phone, phone.slice(-5), number]) {
        for (let end = 1; end <= text.length; end += 1) texts.add(text.slice(0, end));
      }
    }
    expect(texts.size).toBeGreaterThan(1500);
    let hits = 0;
    for (const text of texts) {
      const answers = await Promise.all(desks.map((desk) => desk.search.search(text, 20, 900)));
      const [sqlite, postgresql] = answers.map((answer) => ({
        ...answer,
        hits: answer.hits.map(({ id: _id, ...hit }) => hit),
      }));
      expect({ text, ...postgresql }).toEqual({ text, ...sqlite });
      hits += sqlite?.hits.length ?? 0;
    }
    expect(hits).toBeGreaterThan(5000);
  }, 120_000);

  it('answers the same accounts for each filter', async () => {
    const texts = ['a', 'm', 'smith', 'anna s', '@example.com', 'e1', '7', 'alex', 'smiht', 'joerg', '田中'];
    let hits = 0;
    for (const text of texts) {
      for (const filter of filters) {
        const [sqlite, postgresql] = await Promise.all(
          desks.map(async (desk) => {
            const answer = await desk.search.search(text, 20, 900, { scope: everyAccount }, { filter });
            return { ...answer, hits: answer.hits.map(({ id: _id, ...hit }) => hit) };
          }),
        );
        expect({ text, filter, ...postgresql }).toEqual({ text, filter, ...sqlite });
        hits += sqlite?.hits.length ?? 0;
      }
    }
    expect(hits).toBeGreaterThan(300);
  }, 60_000);
});
