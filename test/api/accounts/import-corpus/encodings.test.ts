import { describe, expect, it } from 'vitest';
import type { ImportMapping } from '../../../../shared/api/import-file.ts';
import { preview, rowsOf } from './describe-import.ts';
import { encode } from './encode.ts';
import { namesOf, table } from './generated-table.ts';

type Encoding = ImportMapping['encoding'];

/** Names of people in each encoding's country. */
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
  ['iso-8859-15', 'Noël Bœuf, Zoé Lefèvre, Œdipe Sœur, Anaïs Chœur'],
  ['ibm850', 'Jörg Müller, Änne Groß, André Weiß'],
  ['ibm850', 'François Lefèvre, José García, Iñigo Peña, Åsa Öberg'],
  ['ibm437', 'André Lefèvre, Zoé Noël, François Crêpe'],
  ['ibm852', 'Jiří Dvořák, Šárka Čížková, Žofie Růžičková'],
  ['ibm852', 'Łukasz Wąsowski, Żaneta Ćwik, Zofia Śliwa'],
  ['ibm857', 'Işıl Şahin, Çağrı Öztürk, Gökçe Yıldız'],
  ['ibm737', 'Γιώργος Παππάς, Ελένη Νίκου, Νίκος Δημητρίου'],
  ['ibm855', 'Иван Петров, Ольга Лебедева, Сергей Щукин'],
  ['ibm860', 'João Gonçalves, Conceição Simões, Inês Avelã'],
  ['ibm861', 'Þór Guðmundsson, Ásdís Þorsteinsdóttir, Björk Guðrún'],
  ['ibm862', 'יוסי כהן, דנה לוי, נועה מזרחי'],
  ['x-mac-ce', 'Jiří Novák, Zdeněk Svěrák, Kateřina Krátká'],
  ['x-mac-ce', 'Łukasz Wąsowski, Przemysław Żółty, Małgorzata Łąkowska, Świętosława Wójcik'],
  ['x-mac-greek', 'Νίκος Παπαδόπουλος, Ελένη Γεωργίου, Άννα Δημητρίου'],
  ['x-mac-turkish', 'Işık Şahin, Uğur Gökçe, Çağrı Öztürk'],
  ['ibm775', 'Jūratė Žukauskienė, Šarūnas Čiurlionis'],
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
      // The mark overrides the encoding that an API client names.
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

  it('is read line by line if single lines are in another encoding, which is reported', async () => {
    const bytes = Buffer.concat([
      encode(table(['Jürgen Müller', 'Käthe Groß', 'Łukasz Wąsowski', 'Åsa Öberg']), 'utf-8'),
      encode('u9;Zoë Späte;u9@example.com\r\n', 'windows-1252'),
    ]);
    const { mapping, notices } = await preview(bytes);
    expect(mapping.encoding).toBe('utf-8');
    expect(notices).toEqual([
      { kind: 'other-encoding', line: 6, column: null, detail: 'windows-1252: Zoë Späte' },
    ]);
    const rows = await rowsOf(bytes, mapping);
    expect(rows.at(-1)).toMatchObject({
      account: {
        line: 6,
        display_name: 'Zoë Späte',
        warnings: [{ field: 'displayName', reason: 'other-encoding', value: 'Zoë Späte' }],
      },
    });
    expect(await rowsOf(bytes, mapping, 1)).toEqual(rows);
  });

  it('is read line by line beyond what the preview reads, but not where the letters would be unusual in names', async () => {
    const mapping: ImportMapping = {
      encoding: 'utf-8',
      delimiter: ';',
      header: true,
      columns: { userName: 0, displayName: 1 },
    };
    const bytes = Buffer.concat([
      encode(table(['Jürgen Müller']), 'utf-8'),
      encode('u8;Zoë Späte;u8@example.com\r\n', 'windows-1252'),
      encode('u9;Пётр Иванов;u9@example.com\r\n', 'windows-1251'),
    ]);
    expect(await rowsOf(bytes, mapping)).toMatchObject([
      { account: { display_name: 'Jürgen Müller' } },
      { account: { display_name: 'Zoë Späte' } },
      { refusal: { line: 4, reason: 'bad-characters' } },
    ]);
  });

  it.each([
    ['LF', '\n'],
    ['CR', '\r'],
    ['CR CR LF', '\r\r\n'],
  ])('has the same lines, however it arrives, if they end with %s', async (_what, end) => {
    const text = table(['Jürgen Müller', 'Ann One', 'Åsa Öberg']).replaceAll('\r\n', end);
    const other = `u7;Zoë Späte;u7@example.com${end}`;
    const bytes = Buffer.concat([
      encode(text, 'utf-8'),
      encode(other, 'windows-1252'),
      Buffer.from('u9;Last;x@example.com'),
    ]);
    const { mapping } = await preview(bytes);
    for (const size of [1, 7, 1000]) {
      const rows = await rowsOf(bytes, mapping, size);
      expect(rows.map((row) => 'account' in row && [row.account.line, row.account.display_name])).toEqual([
        [2, 'Jürgen Müller'],
        [3, 'Ann One'],
        [4, 'Åsa Öberg'],
        [5, 'Zoë Späte'],
        [6, 'Last'],
      ]);
      expect(rows[3]).toMatchObject({ account: { warnings: [{ reason: 'other-encoding' }] } });
    }
  });

  it('is reported to have control characters, with line and column, if its encoding is wrong', async () => {
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
