import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../../shared/api/limits.ts';
import { CsvScanner, type ScannedRow } from './csv-scanner.ts';

/** Scans a text in pieces of `size` characters. */
function scan(text: string, size = text.length, delimiter = ',') {
  const scanner = new CsvScanner(delimiter);
  const rows: ScannedRow[] = [];
  for (let at = 0; at < text.length; at += Math.max(1, size))
    rows.push(...scanner.push(text.slice(at, at + Math.max(1, size)), false));
  rows.push(...scanner.push('', true));
  return rows;
}
const cellsOf = (rows: readonly ScannedRow[]) => rows.map((row) => ('cells' in row ? row.cells : row.fault));
const sizes = (text: string) => [text.length, 1000, 7, 1];

describe('the scan of CSV text', () => {
  it.each<[string, string, (string[] | string)[]]>([
    [
      'LF',
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'CR LF',
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'CR',
      'a,b\rc,d\r',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'CR CR LF',
      '"a","b"\r\r\n"c","d"\r\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'apostrophes for quotes',
      `'a','b'\n'c, d','O''Neil "x"'\n5,'e\nf'\n`,
      [
        ['a', 'b'],
        ['c, d', `O'Neil "x"`],
        ['5', 'e\nf'],
      ],
    ],
    [
      'apostrophes in a file without quotes',
      `a,b\n'c','d'\n`,
      [
        ['a', 'b'],
        [`'c'`, `'d'`],
      ],
    ],
    [
      'mixed line ends',
      'a,b\nc,d\r\ne,f\rg,h',
      [
        ['a', 'b'],
        ['c', 'd'],
        ['e', 'f'],
        ['g', 'h'],
      ],
    ],
    ['empty lines', '\n\na\n\r\n\rb\n\n', [['a'], ['b']]],
    [
      'quotes around delimiters and line ends',
      '"a,b","c\r\nd"\ne,f',
      [
        ['a,b', 'c\r\nd'],
        ['e', 'f'],
      ],
    ],
    ['doubled quotes', '"a ""b"" c",d\n', [['a "b" c', 'd']]],
    [
      'quotes after a backslash',
      '"Robert \\"Bob\\" Quill","x"\n"p","q"\n',
      [
        ['Robert "Bob" Quill', 'x'],
        ['p', 'q'],
      ],
    ],
    ['a quote after a backslash before a delimiter', '"a\\",b","c"\n', [['a",b', 'c']]],
    [
      'a backslash at the end of a cell',
      '"C:\\","x"\n"y","z"\n',
      [
        ['C:\\', 'x'],
        ['y', 'z'],
      ],
    ],
    ['a quote inside a cell without quotes', 'a,5" b,c\n', [['a', '5" b', 'c']]],
    ['blanks around quotes', '"a", "b, c" , "d"\n', [['a', 'b, c', 'd']]],
    ['a formula of Excel', 'a,="004711"\n', [['a', '="004711"']]],
    [
      'a second byte order mark',
      'a,b\n\uFEFFa,b\n\uFEFF"c",d',
      [
        ['a', 'b'],
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a misplaced quote', '"a"x,b\nc,d\n', ['bad-quotes', ['c', 'd']]],
    ['a quote that is not closed', 'a,"b\nc,d\n', ['bad-quotes', ['c', 'd']]],
    [
      'a last row without an end',
      'a,b\nc,"d"',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
  ])('reads %s in whatever pieces the file arrives', (_what, text, rows) => {
    for (const size of sizes(text)) expect(cellsOf(scan(text, size))).toEqual(rows);
  });

  it('names the line on which each row begins', () => {
    const text = 'a\n\n"b\r\nb"\r\nc\rd\r\r\ne"\n"f"x\ng';
    for (const size of sizes(text))
      expect(scan(text, size).map(({ line }) => line)).toEqual([1, 3, 5, 6, 7, 8, 9]);
  });

  it('cuts a cell that is too long for any field, and keeps the others of its row', () => {
    const photo = 'ab'.repeat(3 * limits.importRow);
    for (const cell of [photo, `"${photo}"`, `"${photo}"`.replaceAll('abab', 'a""b')]) {
      const text = `u1,x\nu2,${cell},y\nu3,z\n`;
      for (const size of [text.length, 65_536, 5000]) {
        const rows = cellsOf(scan(text, size));
        expect(rows).toEqual([
          ['u1', 'x'],
          ['u2', expect.stringMatching(/^[ab"]{2000}…$/), 'y'],
          ['u3', 'z'],
        ]);
      }
    }
  });

  it('resumes after an unclosed quote at the next line', () => {
    const lines = Array.from({ length: 20_000 }, (_line, at) => `u${at},name`);
    const text = `h,"open\n${lines.join('\n')}\n`;
    for (const size of [text.length, 65_536]) {
      const rows = scan(text, size);
      expect(rows[0]).toEqual({ line: 1, fault: 'bad-quotes' });
      expect(rows).toHaveLength(20_001);
      expect(rows.at(-1)).toEqual({ line: 20_001, cells: ['u19999', 'name'] });
    }
  });

  it('reads every well-formed table as csv-parse does', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'ü', '"', ',', ';', '\t', '|', ' ', '\\', '\n', '\r', '7'),
    });
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n', '\r', '\r\r\n'),
        fc.integer({ min: 1, max: 30 }),
        (table, delimiter, lineEnd, size) => {
          const text = table
            .map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(delimiter) + lineEnd)
            .join('');
          const rows = cellsOf(scan(text, size, delimiter));
          expect(rows).toEqual(table);
          const options = { delimiter, record_delimiter: lineEnd, relax_column_count: true };
          expect(rows).toEqual(parse(text, options));
        },
      ),
    );
  });

  it('cuts any text the same way whatever pieces it arrives in', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '"', '"', ',', '\\', '\n', '\r', ' ', '\uFEFF', '\0'),
    });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), (value, size) => {
        expect(scan(value, size)).toEqual(scan(value));
      }),
      { numRuns: 1000 },
    );
  });
});
