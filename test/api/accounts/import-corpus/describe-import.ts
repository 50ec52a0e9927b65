import { Readable } from 'node:stream';
import { type ImportField, importFields, type ImportMapping } from '../../../../shared/api/import-file.ts';
import { limits } from '../../../../shared/api/limits.ts';
import { columnsOf } from '../../../../backend/accounts/import/read-rows.ts';
import { previewOf } from '../../../../backend/accounts/import/recognise.ts';
import { type FileRow, readAccounts } from '../../../../backend/accounts/import/read-accounts.ts';

/** The desk of the corpus: its time zone, and the instant of the imports. */
export const desk = { zone: 'Europe/Berlin', now: () => Date.parse('2026-11-28T18:00:00Z') };

const isZip = (bytes: Buffer): boolean => bytes.subarray(0, 2).toString('latin1') === 'PK';

/** The preview of a file, as the console requests it. */
export const preview = (bytes: Buffer, mapping?: ImportMapping) => {
  const isHead = !isZip(bytes) && bytes.length >= limits.importPreview;
  return previewOf(
    isHead ? bytes.subarray(0, limits.importPreview) : bytes,
    !isHead,
    { mapping: mapping && JSON.stringify(mapping) },
    { ...desk, remembered: () => Promise.resolve(null) },
  );
};

/** Every row of a file, read in pieces of `size` bytes. */
export async function rowsOf(bytes: Buffer, mapping: ImportMapping, size = 65_536): Promise<FileRow[]> {
  const pieces = function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  };
  const rows: FileRow[] = [];
  for await (const row of readAccounts(Readable.from(pieces()), mapping, () => undefined, desk))
    rows.push(row);
  return rows;
}

function describeRow(row: FileRow): string {
  if ('refusal' in row) {
    const { line, reason, detail } = row.refusal;
    return `${line} refused: ${reason}${detail === '' ? '' : ` (${detail})`}`;
  }
  if ('skipped' in row) return `${row.skipped.line} skipped: ${row.skipped.warning.value}`;
  const { account } = row;
  const states = [
    account.disabled === 1 ? 'disabled' : '',
    account.locked === 1 ? 'locked' : '',
    account.local_password === 0 ? 'no local password' : '',
  ].filter((state) => state !== '');
  const values = [
    account.user_name,
    account.display_name,
    account.email,
    account.phone,
    account.employee_number,
    account.department,
    account.manager,
    account.id,
    states.join(' and ') || 'active',
    ...(account.starts_at === null ? [] : [`from ${new Date(account.starts_at).toISOString()}`]),
    account.expires_at === null ? null : `until ${new Date(account.expires_at).toISOString()}`,
  ];
  const warnings = (account.warnings ?? []).map(
    ({ field, reason, value }) => `\n    ${field} ${reason}${value === '' ? '' : `: ${value}`}`,
  );
  return `${account.line} ${values.map((value) => value ?? '').join(' | ')}${warnings.join('')}`;
}

/** How a file is recognised and what each of its lines becomes, as text; or why it is refused. */
export async function describeImport(bytes: Buffer): Promise<string> {
  const found = await preview(bytes).catch((error: unknown) => String(error));
  if (typeof found === 'string') return `${found}\n`;
  const { mapping, columns, notices, unused, unknownStatuses, missing, source } = found;
  const fields = columnsOf(mapping);
  const nameOf = (column: number) => columns[column] ?? `? ${column}`;
  const lines = [
    `${found.format}, ${mapping.encoding}, ${JSON.stringify(mapping.delimiter)}, header in line ${mapping.headerLine ?? 'none'}${source === null ? '' : `, ${source}`}`,
    ...importFields.flatMap((field: ImportField) => {
      const names = (fields.get(field) ?? []).map(nameOf);
      return names.length === 0 ? [] : [`${field}: ${names.join(' + ')}`];
    }),
    ...missing.map((field) => `missing: ${field}`),
    ...unused.map(({ column, field }) => `unused: ${nameOf(column)}, which looks like ${field}`),
    ...unknownStatuses.map(({ word, rows }) => `asked: ${word} (${rows})`),
    ...(mapping.dateOrder ? [`dates: ${mapping.dateOrder}`] : []),
    ...(found.isDateOrderOpen ? ['asked: order of dates'] : []),
    ...notices.map(
      ({ kind, line, column, detail }) =>
        `notice: ${kind}, line ${line}${column === null ? '' : `, ${column}`}: ${detail}`,
    ),
    '',
  ];
  if (missing.length > 0) return lines.join('\n');
  return `${[...lines, ...(await rowsOf(bytes, mapping)).map(describeRow)].join('\n')}\n`;
}
