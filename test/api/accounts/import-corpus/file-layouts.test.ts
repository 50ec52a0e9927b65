import { describe, expect, it } from 'vitest';
import type { ImportMapping } from '../../../../shared/api/import-file.ts';
import { preview, rowsOf } from './describe-import.ts';
import { namesOf, table } from './generated-table.ts';

describe('a file with line ends', () => {
  it.each([
    ['LF', '\n'],
    ['CR LF', '\r\n'],
    ['CR', '\r'],
    ['CR CR LF', '\r\r\n'],
  ])('%s is previewed as it is read, whether longer or shorter than a preview', async (_what, lineEnd) => {
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

  it('of all kinds mixed is read to the Ctrl-Z of DOS', async () => {
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
  ])('does not show the values of the column %s', async (name) => {
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

  it('is the first row unless the mapping names its line', async () => {
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
        read.map((row, at) => ({
          account: {
            ...('account' in row && row.account),
            department: null,
            warnings: [{ field: 'department', reason: 'value-too-long' }],
            line: at + 2,
          },
        })),
      );
    },
  );
});

it('reads a code of the employment that appears after the previewed rows as disabled, like those in them', async () => {
  const row = (at: number, code: number) => `user${at},User ${at},u${at}@example.com,${code}`;
  const early = Array.from({ length: 9000 }, (_none, at) => row(at, at % 2 === 0 ? 3 : 0));
  const bytes = Buffer.from(
    ['User name,Display name,Email,Employment status', ...early, row(9000, 1)].join('\n'),
  );
  const { mapping } = await preview(bytes);
  const rows = await rowsOf(bytes, mapping);
  expect(rows.at(-1)).toMatchObject({ account: { user_name: 'user9000', disabled: 1 } });
});
