import { describe, expect, it } from 'vitest';
import type { ImportMapping } from '../../../../shared/api/import-file.ts';
import { workbook, zip } from '../../../fixtures/workbook.ts';
import { preview, rowsOf } from './describe-import.ts';

describe('a workbook', () => {
  const rows = [
    ['Staff list, October'],
    ['Benutzername', 'Anzeigename', 'E-Mail', 'Personalnummer', 'Gültig bis', 'Aktiv', 'Telefon'],
    [
      'wone',
      'Zoë "Z" <Öberg>',
      'wone@example.com',
      { zeros: 6, value: 4711 },
      new Date(Date.UTC(2026, 11, 31)),
      true,
      491_512_345_678,
    ],
    [
      'wtwo',
      { inline: 'Bea & Co' },
      'wtwo@example.com',
      1e17,
      new Date(Date.UTC(2026, 11, 31, 10, 30)),
      false,
      { error: '#N/A' },
    ],
    [null, null, null, null, null, null, null],
    ['wthree', 'Cy Three', null, '004713', null, true, '0151 5550103'],
  ] as const;

  it('is read from its first visible sheet, with its numbers, days and truth values', async () => {
    const bytes = workbook(rows);
    const { format, mapping, people: shown, counts } = await preview(bytes);
    expect({ format, headerLine: mapping.headerLine }).toEqual({ format: 'workbook', headerLine: 2 });
    expect(counts).toMatchObject({ rows: 3, active: 2, disabled: 1, withWarnings: 1 });
    expect(shown).toHaveLength(3);
    for (const size of [65_536, 100]) {
      expect(await rowsOf(bytes, mapping, size)).toMatchObject([
        { skipped: { line: 1 } },
        {
          account: {
            line: 3,
            user_name: 'wone',
            display_name: 'Zoë "Z" <Öberg>',
            employee_number: '004711',
            phone: '491512345678',
            disabled: 0,
            expires_at: Date.parse('2026-12-31T22:59:59.999Z'),
          },
        },
        {
          account: {
            line: 4,
            display_name: 'Bea & Co',
            employee_number: null,
            phone: null,
            disabled: 1,
            expires_at: Date.parse('2026-12-31T09:30:00Z'),
            warnings: [
              { field: 'phone', reason: 'excel-error' },
              { field: 'employeeNumber', reason: 'rounded-by-excel' },
            ],
          },
        },
        { account: { line: 6, employee_number: '004713', phone: '0151 5550103' } },
      ]);
    }
  });

  it('with a cover is read from the sheet that names columns', async () => {
    const { mapping, people: shown } = await preview(workbook(rows, true));
    expect(shown).toHaveLength(3);
    expect(await rowsOf(workbook(rows, true), mapping)).toEqual(await rowsOf(workbook(rows), mapping));
  });

  it('with a part that unpacks to more than a sheet may have is refused before it is unpacked', async () => {
    const bomb = workbook(rows);
    // The archive's directory at the end contains the size of the part.
    const at = bomb.lastIndexOf('xl/sharedStrings.xml') - 46 + 24;
    bomb.writeUInt32LE(200 * 1024 * 1024, at);
    await expect(preview(bomb)).rejects.toMatchObject({
      code: 'import.not-csv',
      message: expect.stringMatching(/too large/u),
    });
    // A part that unpacks to more than its announced size is refused while it is unpacked.
    bomb.writeUInt32LE(10, at);
    await expect(preview(bomb)).rejects.toMatchObject({
      code: 'import.not-csv',
      message: expect.stringMatching(/damaged/u),
    });
  });

  it.each([
    ['that is cut off', () => workbook(rows).subarray(0, 900), /damaged/u],
    [
      'without its parts',
      () => zip({ 'xl/worksheets/sheet1.xml': '<worksheet/>' }),
      /Excel workbook, but part/u,
    ],
    ['that is binary', () => zip({ 'xl/workbook.bin': 'x' }), /xlsb/u],
    ['that is a text document', () => zip({ 'word/document.xml': '<w/>' }), /text document/u],
    ['that is another archive', () => zip({ 'people.csv': 'a,b' }), /archive \(ZIP\)/u],
    [
      'of OpenDocument',
      () => zip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet' }),
      /archive|OpenDocument/u,
    ],
    ['of Excel 97', () => Buffer.from('d0cf11e0a1b11ae10000', 'hex'), /97–2003/u],
    ['that is a PDF file', () => Buffer.from('%PDF-1.7\n'), /PDF/u],
    ['that is compressed', () => Buffer.from('1f8b0800', 'hex'), /gzip/u],
    ['that is a picture', () => Buffer.from('89504e470d0a1a0a', 'hex'), /picture/u],
    ['that is a database', () => Buffer.from('SQLite format 3\0'), /database/u],
    [
      'with an external entity',
      () =>
        zip({
          'xl/workbook.xml': '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><workbook>&x;</workbook>',
        }),
      /damaged/u,
    ],
  ])('%s is refused with advice by both preview and import', async (_what, make, message) => {
    await expect(preview(make())).rejects.toMatchObject({
      code: 'import.not-csv',
      message: expect.stringMatching(message),
    });
    const mapping: ImportMapping = {
      encoding: 'utf-8',
      delimiter: ',',
      header: true,
      columns: { userName: 0, displayName: 1 },
    };
    await expect(rowsOf(make(), mapping)).rejects.toMatchObject({ code: 'import.not-csv' });
  });
});
