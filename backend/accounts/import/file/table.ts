import { isKnownName, knownNames as commonNames } from '../columns/known-columns.ts';
import { squash } from '../../../text/squash.ts';
import type { ScannedRow } from './csv-scanner.ts';

/** What a line of a file is. Rows have as many cells as the header. */
export type TableRow =
  | { readonly kind: 'header'; readonly line: number; readonly cells: readonly string[] }
  | {
      readonly kind: 'row';
      readonly line: number;
      readonly cells: readonly string[];
      /** Whether a line of the row was in another encoding than the file. */
      readonly isOtherEncoding?: boolean;
    }
  | {
      readonly kind: 'refused';
      readonly line: number;
      readonly reason: 'bad-quotes' | 'row-too-long' | 'wrong-number-of-columns' | 'other-header';
      readonly detail: string;
    }
  | {
      readonly kind: 'skipped';
      readonly line: number;
      readonly reason: 'line-skipped' | 'header-repeated';
      readonly text: string;
    };

/** Rows among which the header is looked for. */
export const headerRows = 20;

type CellRow = Extract<ScannedRow, { cells: string[] }>;
const hasCells = (row: ScannedRow): row is CellRow => 'cells' in row;

/** Whether a cell contains more than blanks and invisible characters, such as the Ctrl-Z at the end of files from DOS. */
function isFilled(cell: string): boolean {
  const first = cell.charCodeAt(0);
  return (first > 0x20 && first < 0x7f) || (cell !== '' && /[^\p{Z}\p{C}\s]/u.test(cell));
}

const filledOf = (cells: readonly string[]): string[] => cells.filter(isFilled);
const textOf = (cells: readonly string[]): string => filledOf(cells).join(' ').trim();

/** Lines that programs write before or between the rows: `#TYPE …` (PowerShell), `sep=;` (Excel), `version:v1.0` (Entra ID), comments. */
const isInstruction = ([first = '', ...others]: readonly string[]): boolean =>
  /^\s*"?sep=/iu.test(first) || /^\s*version:\s*v?\d/iu.test(first)
    ? !others.some(isFilled)
    : /^\s*#(?:TYPE\s|\s|[a-z]+:)/iu.test(first) || (first.trim() === '#' && !others.some(isFilled));

const counted =
  'rows?|records?|users?|accounts?|objects?|lines?|entries|items|results?|people|zeilen?|datensatze?|benutzer|eintrage?|konten|personen|lignes?|enregistrements?|utilisateurs?|comptes?|filas?|registros?|usuarios?|cuentas?';
const footer = new RegExp(
  `^\\W*(?:\\d[\\d.,]*\\s*(?:${counted})\\b|(?:(?:sub|grand)?[ -]?totals?|zwischensumme|sous-total|subtotale|count|sum|summe|gesamt|gesamtzahl|anzahl|insgesamt|nombre|recuento|suma|somme)\\b(?:\\s+(?:of\\s+)?(?:${counted}))?\\W*(?:\\d|$)|(?:end of|ende de[rs]|fin d)|(?:page|seite|pagina)\\s+\\d|completion time|the command completed|(?:generated|exported|printed|created|erstellt|exportiert|gedruckt|genere|exporte)\\b|(?:合計|総計|总计|合计|總計|합계|총계|итого|всего|разом|усього|razem|ogolem|celkem|spolu|osszesen|toplam|συνολο|yhteensa|totalt|المجموع|الاجمالي|סהכ|รวม)[^\\p{L}\\d]*(?:\\d|$))`,
  'iu',
);
const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '');

/** A rule of dashes, as database tools draw it under their header. */
const isRule = (cells: readonly string[]): boolean => {
  const filled = filledOf(cells);
  return filled.length > 0 && filled.every((cell) => /^\s*[-=_+*~]{2,}\s*$/u.test(cell));
};

const looksLikeValue = (cell: string): boolean => /\S@\S|\d{5}/u.test(cell);

/** How many cells of a row are known names of columns; 0 for a row that contains values. */
function knownNames(cells: readonly string[]): number {
  const filled = filledOf(cells);
  if (filled.some((cell) => /\S@\S/u.test(cell))) return 0;
  const known = filled.filter(isKnownName).length;
  return known >= 2 || known === filled.length ? known : 0;
}

/** The position of the row that names the columns, by the names that exports have; null if no row does. */
export function findHeader(rows: readonly ScannedRow[]): number | null {
  let [best, most] = [-1, 0];
  const widest = Math.max(0, ...rows.map((row) => (hasCells(row) ? filledOf(row.cells).length : 0)));
  for (const [at, row] of rows.entries()) {
    if (!hasCells(row) || isInstruction(row.cells)) continue;
    const known = knownNames(row.cells);
    // A single known word in a title line does not make it the header of a wide table.
    if (known > most && (known > 1 || widest === 1)) [best, most] = [at, known];
  }
  return best === -1 ? null : best;
}

/** Whether a row names columns, although the names are unknown: the columns below contain values that it does not. */
export function looksLikeHeader(row: readonly string[], below: readonly (readonly string[])[]): boolean {
  const filled = filledOf(row);
  if (filled.length < 2 || filled.some(looksLikeValue) || new Set(filled.map(squash)).size < filled.length)
    return false;
  return row.some((_name, column) => {
    const values = below.map((cells) => cells[column] ?? '').filter(isFilled);
    return values.length > 0 && values.filter(looksLikeValue).length > values.length / 2;
  });
}

/** The first row that is no instruction and no title; null if there is none. */
export function firstTableRow(rows: readonly ScannedRow[]): number | null {
  const widest = Math.max(0, ...rows.map((row) => (hasCells(row) ? filledOf(row.cells).length : 0)));
  const found = rows.findIndex(
    (row) =>
      hasCells(row) &&
      filledOf(row.cells).length > 0 &&
      !isInstruction(row.cells) &&
      (widest < 2 || filledOf(row.cells).length > 1),
  );
  return found === -1 ? null : found;
}

export interface TableOptions {
  readonly header: boolean;
  /** The line that names the columns; looked for if undefined. */
  readonly headerLine?: number | undefined;
  /** Whether a column is mapped to a field. */
  readonly isWanted: (column: number) => boolean;
  /** Whether a column is mapped to a name. A lone cell in such a column is a person, not a note. */
  readonly isName: (column: number) => boolean;
}

const quickName = (cell: string): string => cell.toLowerCase().replaceAll(/[\s_.-]/gu, '');

/**
 * Finds the table among the rows of a file: skips lines before the header, footers, rules and repeated headers, drops empty rows, fills short rows up, and
 * cuts empty cells beyond the header. A row with a value beyond the header is refused.
 */
export class Table {
  readonly #options: TableOptions;
  #waiting: ScannedRow[] = [];
  #width: number | null = null;
  #header: readonly string[] | null = null;
  /** The header's names, by which a repeated or another header is noticed cheaply. */
  #quickNames = new Set<string>();
  /** The position of each header column in the rows; null if both have the same order. */
  #order: readonly number[] | null = null;
  #isLost = false;
  #isBehindHeader = false;
  #hasStarted = false;

  constructor(options: TableOptions) {
    this.#options = options;
  }

  /** Adds scanned rows and returns what each one is; `isFinal` at the end of the file. */
  add(rows: readonly ScannedRow[], isFinal: boolean): TableRow[] {
    if (this.#hasStarted) return this.#bodyOf(rows);
    for (const row of rows) this.#waiting.push(row);
    const isEnough = this.#options.headerLine !== undefined || this.#waiting.length >= headerRows || isFinal;
    if (!isEnough) return [];
    const { headerLine, header } = this.#options;
    const waiting = this.#waiting;
    let start: number | null;
    if (headerLine !== undefined) {
      const found = waiting.findIndex((row) => row.line >= headerLine);
      if (found === -1 && !isFinal) return this.#drain(waiting.splice(0));
      start = found === -1 ? null : found;
    } else {
      start = (header ? findHeader(waiting.slice(0, headerRows)) : null) ?? firstTableRow(waiting);
    }
    this.#hasStarted = true;
    this.#waiting = [];
    const before = this.#drain(waiting.slice(0, start ?? 0));
    const [first, ...others] = waiting.slice(start ?? 0);
    if (first === undefined) return before;
    if (!header || !hasCells(first)) return [...before, ...this.#bodyOf([first, ...others])];
    return [...before, this.#headerOf(first), ...this.#bodyOf(others)];
  }

  /** Skips the lines before the header. */
  #drain(rows: readonly ScannedRow[]): TableRow[] {
    return rows.flatMap((row): TableRow[] =>
      hasCells(row)
        ? filledOf(row.cells).length === 0
          ? []
          : [{ kind: 'skipped', line: row.line, reason: 'line-skipped', text: textOf(row.cells) }]
        : [{ kind: 'refused', line: row.line, reason: row.fault, detail: '' }],
    );
  }

  #headerOf({ line, cells }: CellRow): TableRow {
    const end = cells.findLastIndex(isFilled) + 1;
    this.#header = cells.slice(0, Math.max(end, 1));
    this.#width = this.#header.length;
    this.#isBehindHeader = true;
    this.#quickNames = new Set(this.#header.map(quickName).filter((name) => name !== ''));
    return { kind: 'header', line, cells: this.#header };
  }

  #bodyOf(rows: readonly ScannedRow[]): TableRow[] {
    const found: TableRow[] = [];
    for (const row of rows) {
      if (hasCells(row)) {
        const read = this.#rowOf(row);
        if (read) found.push(read);
      } else found.push({ kind: 'refused', line: row.line, reason: row.fault, detail: '' });
    }
    return found;
  }

  #rowOf({ line, cells }: CellRow): TableRow | null {
    this.#width ??= Math.max(cells.length, 1);
    const width = this.#width;
    const first = cells.findIndex(isFilled);
    if (first === -1) return null;
    const lead = cells[first] ?? '';
    const skipped = (reason: 'line-skipped' | 'header-repeated'): TableRow => ({
      kind: 'skipped',
      line,
      reason,
      text: textOf(cells),
    });
    const isRepeated =
      this.#header !== null && lead.length < 40 && this.#startsLikeHeader(lead) && this.#isHeader(cells);
    this.#isBehindHeader = false;
    if (isRepeated) return skipped('header-repeated');
    const sign = lead.charCodeAt(0);
    const isUnusual = sign < 0x30 || sign === 0x3d || sign === 0x5f || sign === 0x7e;
    if ((isUnusual || /^(?:sep=|version:)/iu.test(lead)) && (isInstruction(cells) || isRule(cells)))
      return skipped('line-skipped');
    if (width > 1 && first === 0 && this.#isNote(cells, lead)) return skipped('line-skipped');
    if (first > 0 && filledOf(cells).length === 1 && footer.test(plain(lead))) return skipped('line-skipped');
    if (this.#isLost) return { kind: 'refused', line, reason: 'other-header', detail: '' };
    const ordered =
      this.#order === null ? cells : this.#order.map((from) => (from === -1 ? '' : (cells[from] ?? '')));
    return this.#fit(line, ordered, width);
  }

  #fit(line: number, cells: string[], width: number): TableRow {
    if (cells.length === width) return { kind: 'row', line, cells };
    if (cells.length > width) {
      const surplus = cells.findIndex((cell, column) => column >= width && isFilled(cell));
      if (surplus !== -1) {
        const detail = `${cells.length}, not ${width}`;
        return { kind: 'refused', line, reason: 'wrong-number-of-columns', detail };
      }
      return { kind: 'row', line, cells: cells.slice(0, width) };
    }
    return {
      kind: 'row',
      line,
      cells: [...cells, ...Array.from({ length: width - cells.length }, () => '')],
    };
  }

  /** Whether a row is a note below or between the rows: a lone cell that is no user name, or a sum. */
  #isNote(cells: readonly string[], lead: string): boolean {
    let filled = 0;
    for (const cell of cells) if (isFilled(cell)) filled += 1;
    if (filled > 2) return false;
    if (filled === 2)
      return footer.test(plain(lead)) && /^\W*\d[\d.,]*\W*$/u.test(cells.findLast(isFilled) ?? '');
    return footer.test(plain(lead)) || (!this.#options.isName(0) && /[\s:()]/u.test(lead.trim()));
  }

  #startsLikeHeader(lead: string): boolean {
    const name = quickName(lead);
    return this.#quickNames.has(name) || commonNames.has(name);
  }

  /** Whether a row is another header: of the same columns, possibly in another order, or of other columns. */
  #isHeader(cells: readonly string[]): boolean {
    const header = this.#header ?? [];
    const filled = filledOf(cells);
    const isSameNames =
      filled.length === this.#quickNames.size &&
      filled.every((cell) => this.#quickNames.has(quickName(cell)));
    // A person may have the name of a column. A row is another header only if all its cells are names of columns.
    const known = filled.filter((cell) => cell.trim().length > 3 && isKnownName(cell)).length;
    if (!isSameNames && (known < Math.max(2, filled.length / 2) || (known < 3 && known < filled.length)))
      return false;
    const names = cells.map(quickName);
    // The line behind the header may name the same columns in other words.
    if (this.#isBehindHeader) return true;
    const order = header.map((name) => names.indexOf(quickName(name)));
    this.#isLost = order.some((from, column) => from === -1 && this.#options.isWanted(column));
    const isSame = header.every((name, column) => quickName(name) === (names[column] ?? ''));
    this.#order = isSame ? null : order;
    return true;
  }
}
