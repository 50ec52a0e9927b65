import {
  importMapping,
  type ImportMapping,
  type ImportPreview,
  type PreviewStatus,
} from '../../../shared/api/import-file.ts';
import { Refusal } from '../../refusal.ts';
import { isSecretName } from './columns/column-name.ts';
import { isOfEmployment, sourceOf, statusKindOf } from './columns/known-columns.ts';
import { missingFields, proposeColumns } from './columns/propose-columns.ts';
import { unusedColumns } from './columns/unused-columns.ts';
import { repairedText } from './encoding/repaired-text.ts';
import { noticesOf } from './file/notices.ts';
import { unseparatedNotice } from './file/unseparated.ts';
import type { TableRow } from './file/table.ts';
import type { ReadAccount } from './read-account.ts';
import { createAccountReader, type AccountsReaderOptions } from './read-accounts.ts';
import { headerOf, type PreviewChoice, readHead, sampledRows } from './read-head.ts';
import { columnsOf, tableOf, withOthers } from './read-rows.ts';
import { dateOrderOf } from './values/dates.ts';
import { areCheckMarks, areNumberCodes, readFlag, readStatus, statusWordKey } from './values/status.ts';

/** Rows that a preview shows. */
const shownRows = 20;
const maxUnknownWords = 30;

export interface PreviewOptions extends AccountsReaderOptions {
  /** The mapping of an earlier import with the same columns; null if there was none. */
  readonly remembered: (columns: readonly string[]) => Promise<ImportMapping | null>;
}

/** Reads a complete mapping. Throws `import.mapping` for any other text. */
function mappingOf(text: string): ImportMapping {
  try {
    return importMapping.parse(JSON.parse(text));
  } catch {
    throw new Refusal('import.mapping', { detail: 'The mapping is not valid JSON of an import mapping' });
  }
}

/** The unknown words of the status columns, the most frequent first. */
function unknownStatusesOf(
  rows: readonly (readonly string[])[],
  names: readonly string[],
  mapping: ImportMapping,
): ImportPreview['unknownStatuses'] {
  const words = new Map<string, { word: string; rows: number }>();
  for (const column of columnsOf(mapping).get('status') ?? []) {
    const kind = statusKindOf(names[column] ?? '');
    for (const row of rows) {
      const word = (row[column] ?? '').trim();
      if (readStatus(word, kind, mapping.statuses) !== null) continue;
      const key = statusWordKey(word);
      const known = words.get(key);
      if (known) known.rows += 1;
      else words.set(key, { word: word.slice(0, 100), rows: 1 });
    }
  }
  return [...words.values()].toSorted((a, b) => b.rows - a.rows).slice(0, maxUnknownWords);
}

function statusesOf(account: ReadAccount, now: number): PreviewStatus[] {
  const found: PreviewStatus[] = [];
  if (account.disabled === 1) found.push('disabled');
  if (account.locked === 1) found.push('locked');
  if (account.expires_at !== null && account.expires_at <= now) found.push('expired');
  if (account.starts_at !== null) found.push('not-started');
  if (account.local_password === 0) found.push('no-local-password');
  return found.length === 0 ? ['active'] : found;
}

/** A cell as the preview shows it: shortened, and hidden in a column of passwords. */
function shownCell(cell: string, name: string): string {
  if (cell !== '' && isSecretName(name) && readFlag(cell) === null) return '••••••';
  return cell.length > 200 ? `${cell.slice(0, 200)}…` : cell;
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

type Person = ImportPreview['people'][number];

function personOf(account: ReadAccount, now: number): Person {
  return {
    line: account.line,
    userName: account.user_name,
    displayName: account.display_name,
    email: account.email,
    phone: account.phone,
    statuses: statusesOf(account, now),
    startsAt: iso(account.starts_at),
    expiresAt: iso(account.expires_at),
    refusal: null,
    warnings: [...(account.warnings ?? [])],
  };
}

const withoutValues = {
  userName: '',
  displayName: '',
  email: null,
  phone: null,
  statuses: [],
  startsAt: null,
  expiresAt: null,
  warnings: [],
};

/**
 * Previews a file by its head (of a workbook: by all of it): proposes how to read it, and shows its first rows read in that way. `isWhole` if the
 * head is the complete file. Throws `import.not-csv` and `import.encoding` with advice for a file that cannot be read.
 */
export async function previewOf(
  head: Buffer,
  isWhole: boolean,
  chosen: PreviewChoice,
  options: PreviewOptions,
): Promise<ImportPreview> {
  const given = chosen.mapping === undefined ? null : mappingOf(chosen.mapping);
  const choice: PreviewChoice =
    given === null ? chosen : { ...given, header: given.header ? 'true' : 'false' };
  const {
    format,
    rows: allRows,
    encoding,
    delimiter,
    otherEncoding,
    others,
  } = await readHead(head, isWhole, choice);
  const { line: headerLine, names } = headerOf(allRows, choice);
  const known = headerLine === null || given !== null ? null : await options.remembered(names);
  const base = {
    encoding,
    ...(otherEncoding !== undefined && { otherEncoding }),
    delimiter,
    header: headerLine !== null,
    ...(headerLine !== null && { headerLine }),
  };
  const samples = allRows.slice(0, sampledRows);
  const read = (mapping: ImportMapping): TableRow[] => {
    const table = tableOf(mapping);
    return withOthers([...table.add(samples, false), ...table.add([], true)], others);
  };
  const tableRows = read({ ...base, columns: { userName: 0 } });
  const rows = tableRows.flatMap((row) => (row.kind === 'row' ? [row] : []));
  const cells = rows.map((row) => row.cells);
  const mapping: ImportMapping = given ?? {
    ...base,
    ...(known === null
      ? proposeColumns(names, cells, headerLine !== null)
      : {
          columns: known.columns,
          ...(known.moreColumns && { moreColumns: known.moreColumns }),
          ...(known.statuses && { statuses: known.statuses }),
          ...(known.dateOrder && { dateOrder: known.dateOrder }),
        }),
  };
  const states = (columnsOf(mapping).get('status') ?? []).filter(
    (column) => statusKindOf(names[column] ?? '') === 'state',
  );
  // In a list of check marks, no mark is a no. The administrator sees the people as disabled.
  if (given === null && states.some((column) => areCheckMarks(cells.map((row) => row[column] ?? ''))))
    mapping.statuses = { ...mapping.statuses, '': 'disabled' };
  // Among codes of a personnel system, a 1 or a 0 has to be explained as all others: in SAP, 3 is active and 1 is not.
  if (given === null) {
    const hasCodes = states
      .filter((column) => isOfEmployment(names[column] ?? ''))
      .some((column) => areNumberCodes(cells.map((row) => row[column] ?? '')));
    // Both, since either may be in rows after the sample.
    if (hasCodes) mapping.statuses = { 0: 'disabled', 1: 'disabled', ...mapping.statuses };
    // A yes as Visual Basic writes it is none among codes.
    if (states.some((column) => areNumberCodes(cells.map((row) => row[column] ?? ''))))
      mapping.statuses = { '-1': 'disabled', ...mapping.statuses };
  }
  const datesOf = (field: 'startsAt' | 'expiresAt'): string[] => {
    const dated = columnsOf(mapping).get(field) ?? [];
    return cells.flatMap((row) => dated.map((column) => row[column] ?? ''));
  };
  const order = dateOrderOf([...datesOf('expiresAt'), ...datesOf('startsAt')]);
  // The dates of this file are stronger evidence than those of the last one.
  if (given?.dateOrder === undefined && (order === 'day-first' || order === 'month-first'))
    mapping.dateOrder = order;
  const columns = headerLine === null ? widened(names, cells) : [...names];

  const now = options.now();
  const reader = createAccountReader(mapping, options);
  const missing = missingFields(mapping.columns);
  const people = new Map<number, Person>();
  const counts = {
    rows: 0,
    active: 0,
    disabled: 0,
    locked: 0,
    expired: 0,
    notStarted: 0,
    refused: 0,
    withWarnings: 0,
  };
  let isStartOpen = false;
  for (const row of read(mapping)) {
    const found = reader(row);
    if (found === null || 'skipped' in found) continue;
    counts.rows += 1;
    if ('refusal' in found) {
      counts.refused += 1;
      people.set(found.refusal.line, {
        ...withoutValues,
        line: found.refusal.line,
        refusal: found.refusal.reason,
      });
      continue;
    }
    const person = personOf(found.account, now);
    isStartOpen ||= person.warnings.some(
      ({ field, reason }) => field === 'startsAt' && reason === 'date-ambiguous',
    );
    people.set(person.line, person);
    for (const status of ['active', 'disabled', 'locked', 'expired'] as const)
      if (person.statuses.includes(status)) counts[status] += 1;
    if (person.statuses.includes('not-started')) counts.notStarted += 1;
    if (person.warnings.length > 0) counts.withWarnings += 1;
  }
  const shown = rows
    .map((row) => ({ row, doubt: doubtOf(row) }))
    .toSorted((one, other) => other.doubt - one.doubt)
    .slice(0, shownRows)
    .map(({ row }) => row);
  const notices = await noticesOf({
    head: format === 'csv' ? head : null,
    isWhole,
    encoding,
    others,
    rows: tableRows,
    names,
    nameColumns: new Set(
      (['displayName', 'givenName', 'familyName'] as const).flatMap(
        (field) => columnsOf(mapping).get(field) ?? [],
      ),
    ),
  });
  const unseparated = format === 'csv' && missing.length > 0 ? unseparatedNotice(samples) : null;
  return {
    format,
    mapping,
    columns,
    rows: shown.map((row) => row.cells.map((cell, column) => shownCell(cell, names[column] ?? ''))),
    missing,
    source: headerLine === null ? null : sourceOf(names),
    isRemembered: known !== null,
    notices: unseparated === null ? notices : [unseparated, ...notices],
    unused: unusedColumns(columns, cells, mapping, now),
    unknownStatuses: unknownStatusesOf(cells, names, mapping),
    // The order of first days that are past in either reading does not matter.
    isDateOrderOpen:
      mapping.dateOrder === undefined &&
      (isStartOpen || (order === 'ambiguous' && dateOrderOf(datesOf('expiresAt')) === 'ambiguous')),
    people: missing.length > 0 ? [] : shown.flatMap(({ line }) => people.get(line) ?? []),
    counts,
  };
}

/** How much a row has to be looked at: lines in another encoding first, then letters beyond ASCII. */
function doubtOf({ cells, isOtherEncoding }: Extract<TableRow, { kind: 'row' }>): number {
  if (isOtherEncoding === true || cells.some((cell) => cell.length < 2000 && repairedText(cell) !== null))
    return 2;
  // The end of a value that is shown in part is no letter of the file.
  return cells.some((cell) => /[^\p{ASCII}…]/u.test(cell)) ? 1 : 0;
}

/** Names for the columns of a file without a header, as many as its widest row has. */
function widened(names: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(names.length, ...rows.map(({ length }) => length));
  return Array.from({ length: width }, (_name, column) => names[column] ?? `Column ${column + 1}`);
}
