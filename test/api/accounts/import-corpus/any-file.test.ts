import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { delimiters, encodings } from '../../../../shared/api/import-file.ts';
import { limits } from '../../../../shared/api/limits.ts';
import type { FileRow } from '../../../../backend/accounts/import/read-accounts.ts';
import { Refusal } from '../../../../backend/refusal.ts';
import { workbook } from '../../../fixtures/workbook.ts';
import { preview, rowsOf } from './describe-import.ts';
import { canEncode, encode } from './encode.ts';

const letters = (value: string): string => value.replaceAll(/[^\p{L}\p{N}]/gu, '');

/** The faults in how a row of text was read: a name that is not the row's, or a value that is neither stored nor reported. */
function faultsOf(
  found: FileRow,
  [userName, name = '', email = '', , status = '']: readonly string[],
): string[] {
  if ('refusal' in found) return [];
  if ('skipped' in found) return [`skipped ${found.skipped.warning.value}`];
  const { account } = found;
  const said = new Set((account.warnings ?? []).map(({ field }) => field));
  return [
    account.user_name === userName ? '' : `user name ${account.user_name}`,
    letters(account.display_name) === letters(name) ? '' : `name ${account.display_name}, not ${name}`,
    /\w@\w/u.test(email) && account.email === null && !said.has('email') ? `address ${email}` : '',
    letters(status).length > 2 && account.disabled === 0 && !said.has('status') ? `status ${status}` : '',
  ].filter((fault) => fault !== '');
}

/** The number of lines of a file; 0 if the file is refused with a reason. Any other error is thrown. */
async function linesOf(file: Buffer, size: number): Promise<number> {
  try {
    const { mapping, counts } = await preview(file);
    const columns = { userName: 0, displayName: 1, ...mapping.columns };
    const rows = await rowsOf(file, { ...mapping, columns }, size);
    return counts.refused <= counts.rows ? rows.length : -1;
  } catch (error) {
    if (error instanceof Refusal) return 0;
    throw error;
  }
}

describe('any file', { timeout: 60_000 }, () => {
  const letter = fc.constantFrom(
    'a',
    'B',
    'ü',
    'Ł',
    'ж',
    '佐',
    ' ',
    '"',
    "'",
    ',',
    ';',
    '\t',
    '|',
    '\\',
    '\n',
    '\r',
    '=',
    '@',
    '+',
    '7',
    '\u00A0',
    '\u200B',
    '-',
    '#',
    '\uFFFD',
  );
  const cell = fc.string({ unit: letter, maxLength: 12 });
  const mapping = {
    header: true,
    columns: { userName: 0, displayName: 1, email: 2, phone: 3, status: 4, expiresAt: 5 },
  } as const;
  const header = ['User name', 'Display name', 'E-mail', 'Phone', 'Status', 'Expires'];

  it('gives each row of any cells, encoding, delimiter and line end one correct result', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, cell, cell, cell), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(...encodings.filter((encoding) => encoding !== 'iso-2022-jp')),
        fc.constantFrom(...delimiters),
        fc.constantFrom('\n', '\r\n', '\r', '\r\r\n'),
        fc.integer({ min: 1, max: 100 }),
        async (cells, encoding, delimiter, lineEnd, size) => {
          const rows = cells.map((row, at) => [`u${at}`, ...row]);
          const text = [header, ...rows]
            .map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(delimiter) + lineEnd)
            .join('');
          fc.pre(canEncode(text, encoding));
          const read = await rowsOf(encode(text, encoding), { ...mapping, encoding, delimiter }, size);
          expect(read).toHaveLength(rows.length);
          expect(read.flatMap((found, at) => faultsOf(found, rows[at] ?? []))).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('of any bytes and in any pieces is read or refused without another error', async () => {
    const text = fc.string({
      unit: fc.constantFrom(
        'a,b',
        'User name,Display name',
        'u',
        '"',
        ',',
        '\n',
        '\r',
        ';',
        'Total: 5',
        '\uFEFF',
        '=',
        '\\"',
      ),
      maxLength: 60,
    });
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)),
      text.map((value) => Buffer.from(value)),
      text.map((value) => Buffer.from(value, 'utf16le')),
      fc.uint8Array({ maxLength: 100 }).map((array) =>
        Buffer.concat([
          workbook([
            ['User name', 'Name'],
            ['a', 'b'],
          ]).subarray(0, 700),
          array,
        ]),
      ),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({ min: 1, max: 50 }), async (file, size) => {
        const all = await linesOf(file, 65_536);
        expect(all).toBeGreaterThanOrEqual(0);
        // The pieces into which the file is cut must not matter.
        expect(await linesOf(file, size)).toBe(all);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['blanks', ' '],
    ['brackets', '('],
    ['quotes', "'"],
    ['angle brackets', '<'],
    ['signs', '@'],
    ['letters', 'a'],
    ['digits', '7'],
    ['accents', 'Ã¼'],
  ])('with long cells of %s takes no more time than its length', async (_what, unit) => {
    const long = `a${unit.repeat(60_000 / unit.length)}b`;
    const row = Array.from({ length: 6 }, () => `"${long}"`).join(',');
    const columns = {
      userName: 0,
      displayName: 1,
      email: 2,
      phone: 3,
      status: 4,
      expiresAt: 5,
      department: 6,
    };
    const names = `User name,Display name,E-mail,Phone,Status,Expires,${long}`;
    const bytes = Buffer.from(
      `${names}\n${Array.from({ length: 4 }, (_row, at) => `u${at},${row}`).join('\n')}\n`,
    );
    const start = performance.now();
    await rowsOf(bytes, { encoding: 'utf-8', delimiter: ',', header: true, columns });
    await preview(bytes);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('too long for a name is refused with its line, whatever the length is made of', async () => {
    const long = 'n'.repeat(limits.importRow + 1);
    const bytes = Buffer.from(`User name,Display name\nu1,${long}\nu2,"${long}"\nu3,Three\n`);
    expect(
      await rowsOf(bytes, {
        encoding: 'utf-8',
        delimiter: ',',
        header: true,
        columns: { userName: 0, displayName: 1 },
      }),
    ).toMatchObject([
      { refusal: { line: 2, reason: 'display-name-too-long' } },
      { refusal: { line: 3, reason: 'display-name-too-long' } },
      { account: { line: 4 } },
    ]);
  });
});
