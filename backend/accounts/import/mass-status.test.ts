import { expect, it } from 'vitest';
import type { ImportMapping } from '../../../shared/api/import-file.ts';
import { openForTest } from '../open-for-test.ts';

const mapping: ImportMapping = {
  encoding: 'utf-8',
  delimiter: ',',
  header: false,
  columns: { userName: 0, displayName: 1, status: 2, startsAt: 3, expiresAt: 4 },
};
const rows = (tail: string) =>
  Array.from({ length: 60 }, (_none, at) => `u${at},User ${at},${tail}`).join('\n');

// The desk's clock shows 1 March 2026.
it.each([
  ['disabled', 'disabled,,'],
  ['locked', 'locked,,'],
  ['expired', 'active,,2026-02-01'],
  ['not started', 'active,2026-09-01,'],
])('a file after which everybody is %s needs a second administrator', async (_what, tail) => {
  const desk = await openForTest();
  try {
    await desk.importCsv(rows('active,2020-01-01,'), mapping);
    expect(await desk.analyseCsv(rows(tail), mapping)).toMatchObject({
      changed: 60,
      counts: { status: 60 },
      massChanges: ['status'],
    });
  } finally {
    await desk.close();
  }
});

it('a file with other last days in the future needs none', async () => {
  const desk = await openForTest();
  try {
    await desk.importCsv(rows('active,2020-01-01,2027-01-31'), mapping);
    expect(await desk.analyseCsv(rows('active,2020-02-01,2028-01-31'), mapping)).toMatchObject({
      changed: 60,
      massChanges: [],
    });
  } finally {
    await desk.close();
  }
});
