import type { Readable } from 'node:stream';
import type { ImportField, ImportMapping } from '../../../shared/api/import-file.ts';
import type { ImportRefusal } from '../../../shared/api/import-view.ts';
import { expiryUnitOf, statusKindOf } from './columns/known-columns.ts';
import { isOtherThanPerson } from './values/entry-types.ts';
import { isReadByLine } from './encoding/line-decoder.ts';
import { plausibility } from './encoding/plausibility.ts';
import { isSurnamePart, joinSurname } from './columns/surname-parts.ts';
import type { TableRow } from './file/table.ts';
import { looksLatinOnly, mixesAlphabets } from '../../text/confusables.ts';
import { readAccount, type ReadAccount, type ReadingContext, type RowWarning } from './read-account.ts';
import { columnsOf, readRows } from './read-rows.ts';

/** A row of the file: an account, the reason why it is none, or a line that is not a row. */
export type FileRow =
  | { readonly account: ReadAccount }
  | { readonly refusal: ImportRefusal }
  | { readonly skipped: { readonly line: number; readonly warning: RowWarning } };

export interface AccountsReaderOptions {
  /** The time zone in which days end. */
  readonly zone: string;
  readonly now: () => number;
}

/** Reads accounts from a table's rows. The header determines how the status columns are read. */
export function createAccountReader(mapping: ImportMapping, { zone, now }: AccountsReaderOptions) {
  const fields = columnsOf(mapping);
  let header: readonly string[] | null = null;
  let context: Omit<ReadingContext, 'now'> = contextOf([]);
  /** The names of the columns of the family name; null unless one of them is a part of it only. */
  let surnames: readonly string[] | null = null;
  function contextOf(names: readonly string[]): Omit<ReadingContext, 'now'> {
    return {
      zone,
      dateOrder: mapping.dateOrder,
      statuses: mapping.statuses ?? {},
      statusKinds: (fields.get('status') ?? []).map((column) => statusKindOf(names[column] ?? '')),
      expiryUnits: (fields.get('expiresAt') ?? []).map((column) => expiryUnitOf(names[column] ?? '')),
    };
  }
  const columnName = (field: ImportField): string => {
    const column = fields.get(field)?.[0] ?? -1;
    return header?.[column] ?? `Column ${column + 1}`;
  };
  const isSingleByte = isReadByLine(mapping.encoding) && mapping.encoding !== 'utf-8';
  /** Lists names that may be garbled: those of lines in another encoding, and of unusual letters where any bytes are letters. */
  function doubtsAboutName(
    { display_name: value, warnings = [] }: ReadAccount,
    isOther: boolean,
  ): RowWarning[] {
    if (!/\P{ASCII}/u.test(value)) return [];
    const isUnlikely = isSingleByte && warnings.length === 0 && plausibility(value) <= 0.5;
    const reason = isOther
      ? 'other-encoding'
      : isUnlikely
        ? 'unlikely-letters'
        : mixesAlphabets(value)
          ? 'look-alike-letters'
          : null;
    return reason === null ? [] : [{ field: 'displayName', reason, value: value.slice(0, 60) }];
  }
  /** Lists user names and addresses that look like another person's, and are not found by what their owner types. */
  function lookAlikes({ user_name: userName, display_name: name, email }: ReadAccount): RowWarning[] {
    const reason = 'look-alike-letters';
    const found: RowWarning[] = [];
    if (mixesAlphabets(userName) || looksLatinOnly(userName, name))
      found.push({ field: 'userName', reason, value: userName.slice(0, 60) });
    if (email !== null && mixesAlphabets(email))
      found.push({ field: 'email', reason, value: email.slice(0, 60) });
    return found;
  }
  function withDoubts(account: ReadAccount, isOther: boolean): ReadAccount {
    const doubts = [...doubtsAboutName(account, isOther), ...lookAlikes(account)];
    return doubts.length === 0 ? account : { ...account, warnings: [...(account.warnings ?? []), ...doubts] };
  }
  const noCells: readonly string[] = [];
  return (row: TableRow): FileRow | null => {
    const { line } = row;
    if (row.kind === 'header') {
      header = row.cells;
      context = contextOf(header);
      const names = (fields.get('familyName') ?? []).map((column) => row.cells[column] ?? '');
      surnames = names.length > 1 && names.some(isSurnamePart) ? names : null;
      return null;
    }
    if (row.kind === 'refused') return { refusal: { line, reason: row.reason, detail: row.detail } };
    if (row.kind === 'skipped') {
      const value = row.text.length > 60 ? `${row.text.slice(0, 60)}…` : row.text;
      return { skipped: { line, warning: { field: 'userName', reason: row.reason, value } } };
    }
    const cellsOf = (field: ImportField): readonly string[] => {
      const columns = fields.get(field);
      if (columns === undefined) return noCells;
      const cells = columns.map((column) => row.cells[column] ?? '');
      return field === 'familyName' && surnames !== null ? [joinSurname(cells, surnames)] : cells;
    };
    const other = cellsOf('entryType').find(isOtherThanPerson)?.trim();
    if (other !== undefined)
      return {
        skipped: { line, warning: { field: 'entryType', reason: 'not-a-person', value: other.slice(0, 60) } },
      };
    const read = readAccount(line, cellsOf, { ...context, now: now() });
    if (!('reason' in read)) return { account: withDoubts(read, row.isOtherEncoding === true) };
    const detail = read.field === undefined ? read.detail : `${columnName(read.field)}: ${read.detail}`;
    return { refusal: { line, reason: read.reason, detail } };
  };
}

/**
 * Reads the accounts of a file as it arrives; calls `count` with each chunk's bytes and `onHeader` with the columns' names. Throws `FileInterrupted`
 * if the file stops arriving, and `import.not-csv` for a kind of file that is not supported. Code beyond this function knows people, not bytes.
 */
export async function* readAccounts(
  bytes: Readable,
  mapping: ImportMapping,
  count: (bytes: number) => void,
  options: AccountsReaderOptions,
  onHeader: (columns: readonly string[]) => void = () => undefined,
): AsyncGenerator<FileRow> {
  const read = createAccountReader(mapping, options);
  for await (const row of readRows(bytes, mapping, count)) {
    if (row.kind === 'header') onHeader(row.cells);
    const found = read(row);
    if (found !== null) yield found;
  }
}
