import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ImportMapping } from '../../../shared/api/import-file.ts';
import { openForTest } from '../open-for-test.ts';

const mapping: ImportMapping = {
  encoding: 'utf-8',
  delimiter: ';',
  header: false,
  columns: { userName: 0, displayName: 1, email: 0 },
};
let desk: Awaited<ReturnType<typeof openForTest>>;
beforeEach(async () => {
  desk = await openForTest();
});
afterEach(() => desk.close());

const peopleAt = (domain: string, name = (at: number) => `Given${at} Family${at}`) =>
  Array.from({ length: 60 }, (_each, at) => `p${at}@${domain};${name(at)}`).join('\n');

it('a file that would add everybody again needs a second administrator, with the number of people', async () => {
  const first = await desk.importCsv(peopleAt('old.example'), mapping);
  expect(first).toMatchObject({ created: 60, massChanges: [] });
  const again = await desk.analyseCsv(
    peopleAt('new.example', (at) => `Family${at}, Given${at}`),
    mapping,
  );
  expect(again).toMatchObject({ created: 60, counts: { addedAgain: 60 }, massChanges: ['addedAgain'] });
});

it('new colleagues, the people of another source and a few new accounts need none', async () => {
  await desk.importCsv(peopleAt('old.example'), mapping);
  const colleagues = peopleAt('old.example', (at) => `New${at} Colleague${at}`).replaceAll('p', 'n');
  expect(await desk.analyseCsv(colleagues, mapping)).toMatchObject({ created: 60, massChanges: [] });
  expect(
    await desk.analyseCsv(peopleAt('new.example'), mapping, undefined, { source: 'payroll' }),
  ).toMatchObject({ created: 60, massChanges: [] });
  expect(await desk.analyseCsv('x@new.example;Given1 Family1', mapping)).toMatchObject({ massChanges: [] });
});
