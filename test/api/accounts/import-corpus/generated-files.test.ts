import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { delimiters, encodings, type ImportMapping } from '../../../../shared/api/import-file.ts';
import { limits } from '../../../../shared/api/limits.ts';
import type { FileRow } from '../../../../backend/accounts/import/read-accounts.ts';
import { Refusal } from '../../../../backend/refusal.ts';
import { workbook, zip } from '../../../fixtures/workbook.ts';
import { preview, rowsOf } from './describe-import.ts';
import { canEncode, encode } from './encode.ts';

type Encoding = ImportMapping['encoding'];

const namesOf = async (bytes: Buffer): Promise<string[]> => {
  const { mapping } = await preview(bytes);
  const rows = await rowsOf(bytes, mapping);
  return rows.map((row) => ('account' in row ? row.account.display_name : JSON.stringify(row)));
};

const table = (names: readonly string[], lineEnd = '\r\n'): string =>
  ['User name;Display name;E-mail', ...names.map((name, at) => `u${at};${name};u${at}@example.com`), ''].join(
    lineEnd,
  );

/** Names of people as they are in each encoding's country. */
const people: readonly (readonly [Encoding, string])[] = [
  ['windows-1250', 'Łukasz Wąsowski, Przemysław Żak, Żaneta Ćwik, Michał Dąbrowski, Zofia Śliwa'],
  ['windows-1250', 'Přemysl Novák, Zbyněk Šťastný, Jiří Dvořák, Růžena Kučerová, Žaneta Černá'],
  ['windows-1250', 'Győző Kovács, Ildikó Szűcs, Ödön Tóth, Zsófia Nagy, Erzsébet Szőke'],
  ['windows-1251', 'Пётр Иванов, Наталья Щукина, Алексей Кузнецов'],
  ['windows-1252', 'Jürgen Müller, Zoë Späte, François Lefèvre, José García, Åsa Öberg'],
  ['windows-1253', 'Γιώργος Παπαδόπουλος, Ελένη Νικολάου, Άννα Δημητρίου'],
  ['windows-1254', 'Işıl Demir, Şükrü Yıldız, Gökçe Çağlar, İbrahim Kaya'],
  ['windows-1255', 'דוד כהן, נועה לוי, שרה גולדברג, יוסף מזרחי'],
  ['windows-1256', 'ليلى حداد, يوسف منصور, محمد العلي, سارة الخطيب'],
  ['windows-1257', 'Jānis Bērziņš, Žydrūnas Šimkus, Kęstutis Ąžuolas, Ülle Põder'],
  ['windows-1258', 'Đinh Thanh, Trương Hương, Phương Đào'],
  ['windows-874', 'สมชาย ใจดี, สุดา รักไทย, วิชัย มั่นคง'],
  ['iso-8859-2', 'Łukasz Wąsowski, Přemysl Šťastný, Žaneta Śliwa, Jiří Žák, Lech Ťuk'],
  ['iso-8859-5', 'Пётр Иванов, Наталья Щукина, Алексей Кузнецов'],
  ['iso-8859-7', 'Γιώργος Παπαδόπουλος, Ελένη Νικολάου, Νίκος Δημητρίου'],
  ['koi8-r', 'Пётр Иванов, Наталья Щукина, Алексей Кузнецов'],
  ['ibm866', 'Пётр Иванов, Наталья Щукина, Алексей Кузнецов'],
  ['macintosh', 'Zoë Müller, François Lefèvre, Jürgen Groß, Åsa Öberg'],
  ['x-mac-cyrillic', 'Пётр Иванов, Наталья Щукина, Алексей Кузнецов'],
  ['shift_jis', '佐藤 太郎, 鈴木 花子, 高橋 健一, 田中 真由美'],
  ['euc-jp', '佐藤 太郎, 鈴木 花子, タナカ マユミ, 山本 さくら'],
  ['gb18030', '王小明, 李娜, 张伟, 刘洋, 陈静'],
  ['big5', '王小明, 李娜, 張偉, 劉洋, 陳靜'],
  ['euc-kr', '김철수, 이영희, 박지성, 최민준'],
  ['utf-8', 'Jürgen Müller, Łukasz Wąsowski, 佐藤 太郎, ليلى حداد'],
  ['utf-16le', 'Jürgen Müller, Łukasz Wąsowski, 佐藤 太郎'],
  ['utf-16be', 'Jürgen Müller, Łukasz Wąsowski, 佐藤 太郎'],
];

describe('a file in an encoding', () => {
  it.each(people)('is read with its names: %s, %s', async (encoding, list) => {
    const names = list.split(', ');
    expect(await namesOf(encode(table(names), encoding))).toEqual(names);
  });

  it.each(['utf-8', 'utf-16le', 'utf-16be'] as const)(
    'is read by its byte order mark: %s',
    async (encoding) => {
      const names = ['Jürgen Müller', 'Łukasz Wąsowski'];
      const bytes = encode(`\uFEFF${table(names)}`, encoding);
      expect(await namesOf(bytes)).toEqual(names);
      // The mark counts more than what an API client says.
      const rows = await rowsOf(bytes, {
        encoding: 'windows-1251',
        delimiter: ';',
        header: true,
        columns: { userName: 0, displayName: 1 },
      });
      expect(rows).toMatchObject([
        { account: { display_name: 'Jürgen Müller' } },
        { account: { display_name: 'Łukasz Wąsowski' } },
      ]);
    },
  );

  it('is read as ISO-2022-JP by its escapes', async () => {
    const taro = Buffer.from('1b2442403a463b1b2842', 'hex');
    const bytes = Buffer.concat([Buffer.from('User name,Display name\ntsato,'), taro, Buffer.from('\n')]);
    expect((await preview(bytes)).mapping.encoding).toBe('iso-2022-jp');
  });

  it('is shown with the rows first that have letters beyond ASCII', async () => {
    const names = [...Array.from({ length: 40 }, (_name, at) => `Plain Person ${at}`), 'Zoë Späte'];
    const { rows, people: shown } = await preview(encode(table(names), 'windows-1252'));
    expect(rows[0]).toEqual(['u40', 'Zoë Späte', 'u40@example.com']);
    expect(shown[0]).toMatchObject({ line: 42, displayName: 'Zoë Späte' });
    expect(rows).toHaveLength(20);
  });

  it.each([
    ['little-endian, with a mark', Buffer.from('fffe0000', 'hex'), (code: number) => [code, 0, 0, 0]],
    ['big-endian', Buffer.alloc(0), (code: number) => [0, 0, 0, code]],
  ])('is refused in words as UTF-32, %s', async (_what, mark, bytesOf) => {
    const text = Buffer.from(
      [...table(['Ann One'])].flatMap((character) => bytesOf(character.codePointAt(0) ?? 0)),
    );
    await expect(preview(Buffer.concat([mark, text]))).rejects.toMatchObject({
      code: 'import.encoding',
      message: expect.stringMatching(/UTF-32/u),
    });
  });

  it('is said to be in two encodings, with the line and the likely other encoding', async () => {
    const bytes = Buffer.concat([
      encode(table(['Jürgen Müller', 'Käthe Groß', 'Łukasz Wąsowski', 'Åsa Öberg']), 'utf-8'),
      encode('u9;Zoë Späte;u9@example.com\r\n', 'windows-1252'),
    ]);
    const { mapping, notices } = await preview(bytes);
    expect(mapping.encoding).toBe('utf-8');
    expect(notices).toEqual([
      { kind: 'mixed-encodings', line: 6, column: null, detail: 'windows-1252: Zoë Späte' },
    ]);
    const rows = await rowsOf(bytes, mapping);
    expect(rows.at(-1)).toEqual({
      refusal: { line: 6, reason: 'bad-characters', detail: 'Display name: Zo\uFFFD Sp\uFFFDte' },
    });
  });

  it('is said to have control characters, with line and column, if its encoding is wrong', async () => {
    const bytes = encode(table(['Zoë Müller', 'Jürgen Groß']), 'macintosh');
    const chosen: ImportMapping = {
      encoding: 'iso-8859-2',
      delimiter: ';',
      header: true,
      columns: { userName: 0, displayName: 1 },
    };
    const { notices } = await preview(bytes, chosen);
    expect(notices).toMatchObject([{ kind: 'control-characters', line: 2, column: 'Display name' }]);
    expect(await rowsOf(bytes, chosen)).toMatchObject([
      { refusal: { line: 2, reason: 'bad-characters' } },
      { refusal: { line: 3, reason: 'bad-characters' } },
    ]);
  });
});

describe('a file with line ends', () => {
  it.each([
    ['LF', '\n'],
    ['CR LF', '\r\n'],
    ['CR', '\r'],
    ['CR CR LF', '\r\r\n'],
  ])('%s is previewed and read alike, longer than a preview and shorter', async (_what, lineEnd) => {
    for (const count of [3, 9000]) {
      const bytes = Buffer.from(
        table(
          Array.from({ length: count }, (_name, at) => `Mac User ${at}`),
          lineEnd,
        ),
      );
      const { mapping, people: shown } = await preview(bytes);
      expect(mapping.columns).toEqual({ userName: 0, displayName: 1, email: 2 });
      expect(shown[2]).toMatchObject({ line: 4, displayName: 'Mac User 2' });
      const rows = await rowsOf(bytes, mapping);
      expect(rows).toHaveLength(count);
      expect(rows.at(-1)).toMatchObject({
        account: { line: count + 1, display_name: `Mac User ${count - 1}` },
      });
    }
  });

  it('of all kinds mixed is read, and ends with the Ctrl-Z of DOS', async () => {
    const bytes = Buffer.from('User name;Display name\r\nu1;One\ru2;Two\nu3;Three\r\r\nu4;Four\r\n\u001A');
    expect(await namesOf(bytes)).toEqual(['One', 'Two', 'Three', 'Four']);
  });
});

describe('a preview', () => {
  it.each([
    'Initial password [passwordProfile] Required',
    'Kennwort',
    'Mot de passe',
    'Contraseña',
    'パスワード',
  ])('does not show what stands in the column %s', async (name) => {
    const bytes = Buffer.from(
      `User name,Display name,${name}\nu1,One,Sümmer2026!\nu2,Two,SÃ¼mmer2026!\nu3,Three,\n`,
    );
    const found = await preview(bytes);
    expect(JSON.stringify(found)).not.toMatch(/mmer2026/u);
    expect(found.rows.map((row) => row[2])).toEqual(['••••••', '••••••', '']);
  });
});

describe('a header that an API client does not place', () => {
  const mapping: ImportMapping = {
    encoding: 'utf-8',
    delimiter: ',',
    header: true,
    columns: { userName: 0, displayName: 1 },
  };

  it.each([
    ['sep=,'],
    ['#TYPE Microsoft.ActiveDirectory.Management.ADUser'],
    ['"All Users Report"\r\n"Generated on: 28 Nov 2026"\r\n'],
    ['version:v1.0'],
    ['\r\n\r\n'],
  ])('is found below %j', async (before) => {
    const bytes = Buffer.from(`${before}\r\nUser name,Display name\r\nu1,One\r\n`);
    expect((await rowsOf(bytes, mapping)).filter((row) => !('skipped' in row))).toMatchObject([
      { account: { user_name: 'u1', display_name: 'One' } },
    ]);
  });

  it('is taken from the line that the mapping names, and is the first row if its names are not known', async () => {
    const bytes = Buffer.from('Alias A,Alias B\nWer,Wie\nu1,One\n');
    expect(await rowsOf(bytes, { ...mapping, headerLine: 2 })).toMatchObject([
      { skipped: { line: 1 } },
      { account: { user_name: 'u1' } },
    ]);
    expect(await rowsOf(bytes, mapping)).toMatchObject([
      { account: { user_name: 'Wer' } },
      { account: { user_name: 'u1' } },
    ]);
  });
});

describe('a file with photographs', () => {
  it.each([100_000, 2_000_000])(
    'of %d characters is read, since their column is not mapped',
    async (length) => {
      const photo = `X'${'ab'.repeat(length / 2)}'`;
      const rows = ['DN,sAMAccountName,displayName,thumbnailPhoto,mail'];
      for (let at = 0; at < 4; at += 1)
        rows.push(
          `"CN=P${at},DC=example,DC=com",p${at},Pia ${at},${at % 2 === 0 ? photo : `"${photo}"`},p${at}@example.com`,
        );
      const bytes = Buffer.from(rows.join('\r\n'));
      const mapping: ImportMapping = {
        encoding: 'utf-8',
        delimiter: ',',
        header: true,
        columns: { userName: 1, displayName: 2, email: 4 },
      };
      const read = await rowsOf(bytes, mapping);
      expect(read).toMatchObject(
        [0, 1, 2, 3].map((at) => ({
          account: { line: at + 2, user_name: `p${at}`, email: `p${at}@example.com` },
        })),
      );
      const mapped = await rowsOf(bytes, { ...mapping, columns: { ...mapping.columns, department: 3 } });
      expect(mapped).toMatchObject(
        read.map((_row, at) => ({ refusal: { line: at + 2, reason: 'row-too-long' } })),
      );
    },
  );
});

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
    // The directory at the end says how large the part is.
    const at = bomb.lastIndexOf('xl/sharedStrings.xml') - 46 + 24;
    bomb.writeUInt32LE(200 * 1024 * 1024, at);
    await expect(preview(bomb)).rejects.toMatchObject({
      code: 'import.not-csv',
      message: expect.stringMatching(/too large/u),
    });
    // A part that unpacks to more than it announces is refused while it is unpacked.
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
      /Excel workbook, but a part/u,
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
  ])('%s is refused with advice, by preview and import alike', async (_what, make, message) => {
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

const letters = (value: string): string => value.replaceAll(/[^\p{L}\p{N}]/gu, '');

/** What is wrong with how a row of text was read: a name that is not the row's, a value that is neither stored nor said. */
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

/** How many lines of a file are what; 0 if the file is refused in words. Any other error is thrown. */
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

  it('with any cells, encoding, delimiter and line end gives one result for each row, and garbles no name', async () => {
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

  it('of any bytes is read or refused, never with another error, alike in any pieces', async () => {
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
        // However the file is cut into pieces.
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

  it('longer than a mapped cell may be is refused with its line, whatever the limit is made of', async () => {
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
      { refusal: { line: 2, reason: 'row-too-long' } },
      { refusal: { line: 3, reason: 'row-too-long' } },
      { account: { line: 4 } },
    ]);
  });
});
