import type { ScannedRow } from './csv-scanner.ts';
import { limits } from '../../../../shared/api/limits.ts';
import { findHeader, headerRows } from './table.ts';
import { attribute, openParts, refuseWorkbook, type WorkbookParts } from './workbook-parts.ts';

/** The sheet that is read, and what its cells refer to. */
interface Sheet {
  readonly path: string;
  readonly strings: readonly string[];
  /** By style: how a number is shown. */
  readonly formats: readonly NumberFormat[];
  readonly isFrom1904: boolean;
}

type NumberFormat = 'plain' | 'date' | 'date-time' | { readonly zeros: number };

/** Numbers of Excel's own formats for days, and for days with a time or a time alone. */
const dayFormats = new Set([
  14, 15, 16, 17, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58,
]);
const timeFormats = new Set([18, 19, 20, 21, 22, 32, 33, 45, 46, 47]);
const maxStrings = 4_000_000;
/** Sheets that are searched for the accounts. */
const maxSheets = 20;

/** The characters that workbooks write in the form `_x000D_`. */
const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replaceAll(/_x([\dA-F]{4})_/giu, (_escape, hex: string) =>
        String.fromCodePoint(Number.parseInt(hex, 16)),
      )
    : text;

const builtInFormat = (id: number): NumberFormat =>
  dayFormats.has(id) ? 'date' : timeFormats.has(id) ? 'date-time' : 'plain';

function formatOf(code: string): NumberFormat {
  const bare = code.replaceAll(/"[^"]*"|\\.|\[[^\]]*\]|_./gu, '').split(';')[0] ?? '';
  if (/^0{2,}$/u.test(bare)) return { zeros: bare.length };
  if (/[yd]|m{3}/iu.test(bare)) return /h|s/iu.test(bare) ? 'date-time' : 'date';
  return /[hs]/iu.test(bare) && !/general/iu.test(bare) ? 'date-time' : 'plain';
}

async function readFormats(parts: WorkbookParts): Promise<NumberFormat[]> {
  const custom = new Map<number, NumberFormat>();
  const formats: NumberFormat[] = [];
  let isInCells = false;
  await parts.read('xl/styles.xml', {
    open: (name, tag) => {
      const id = Number(attribute(tag, 'numFmtId'));
      if (name === 'cellXfs') isInCells = true;
      else if (name === 'numFmt') custom.set(id, formatOf(attribute(tag, 'formatCode') ?? ''));
      else if (name === 'xf' && isInCells) formats.push(custom.get(id) ?? builtInFormat(id));
    },
    close: (name) => {
      if (name === 'cellXfs') isInCells = false;
    },
  });
  return formats;
}

async function readStrings(parts: WorkbookParts): Promise<string[]> {
  const strings: string[] = [];
  let [text, isText, isPhonetic] = ['', false, false];
  await parts.read('xl/sharedStrings.xml', {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 't') isText = !isPhonetic;
      else if (name === 'rPh') isPhonetic = true;
    },
    text: (piece) => {
      if (isText) text += piece;
    },
    close: (name) => {
      if (name === 't') isText = false;
      else if (name === 'rPh') isPhonetic = false;
      else if (name === 'si') {
        if (strings.length >= maxStrings) throw refuseWorkbook('The workbook has too many texts.');
        strings.push(unescaped(text));
      }
    },
  });
  return strings;
}

/** The first visible sheet with names of columns, else the first visible one. Throws `import.not-csv` for another kind of document. */
async function findSheet(parts: WorkbookParts): Promise<Sheet> {
  if (!parts.has('xl/workbook.xml')) {
    if (parts.has('xl/workbook.bin'))
      throw refuseWorkbook('This is a binary workbook (.xlsb). Save it as “CSV UTF-8” and choose that file.');
    if (parts.names().some((name) => /^(?:word|ppt)\//u.test(name)))
      throw refuseWorkbook(
        'This is a text document or a presentation. Export the accounts as CSV and choose that file.',
      );
    if (parts.names().some((name) => name.startsWith('xl/')))
      throw refuseWorkbook(
        'This is an Excel workbook, but part of it is missing. Open it in a spreadsheet program and save it as “CSV UTF-8”.',
      );
    throw refuseWorkbook('This is an archive (ZIP). Unpack it and choose the CSV file in it.');
  }
  const sheets: { relation: string; isVisible: boolean }[] = [];
  let isFrom1904 = false;
  await parts.read('xl/workbook.xml', {
    open: (name, tag) => {
      if (name === 'workbookPr') isFrom1904 = /^(?:1|true)$/u.test(attribute(tag, 'date1904') ?? '');
      if (name !== 'sheet') return;
      const relation = Object.entries(tag.attributes).find(([key]) => key.endsWith(':id'))?.[1];
      sheets.push({
        relation: String(relation ?? ''),
        isVisible: (attribute(tag, 'state') ?? 'visible') === 'visible',
      });
    },
  });
  const targets = new Map<string, string>();
  await parts.read('xl/_rels/workbook.xml.rels', {
    open: (_name, tag) => {
      const [id, target] = [attribute(tag, 'Id'), attribute(tag, 'Target')];
      if (id !== undefined && target !== undefined) targets.set(id, target);
    },
  });
  const visible = sheets.filter(({ isVisible }) => isVisible);
  const paths = (visible.length > 0 ? visible : sheets)
    .slice(0, maxSheets)
    .map(({ relation }) => targets.get(relation) ?? 'worksheets/sheet1.xml')
    .map((target) => (target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//u, '')}`))
    .filter((path) => parts.has(path));
  if (paths.length === 0)
    throw refuseWorkbook('The workbook has no sheets. Save the list as “CSV UTF-8” and choose that file.');
  const shared = { isFrom1904, strings: await readStrings(parts), formats: await readFormats(parts) };
  const found = paths.map((path) => ({ path, ...shared }));
  for (const sheet of found) if (await hasHeader(parts, sheet)) return sheet;
  return found[0] as Sheet;
}

/** Whether one of the first rows of a sheet names columns; a cover with notes does not. */
async function hasHeader(parts: WorkbookParts, sheet: Sheet): Promise<boolean> {
  const first: ScannedRow[] = [];
  for await (const rows of sheetRows(parts, sheet)) {
    first.push(...rows);
    if (first.length >= headerRows) break;
  }
  return findHeader(first.slice(0, headerRows)) !== null;
}

/** The 0-based column of a reference such as `AB12`; -1 if it has none. */
function columnOf(reference: string | undefined): number {
  let column = 0;
  for (const letter of reference ?? '') {
    const code = letter.charCodeAt(0) - 0x40;
    if (code < 1 || code > 26) break;
    column = column * 26 + code;
  }
  return column - 1;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** A number as Excel shows it: digits without an exponent, days as ISO 8601. */
function numberText(value: string, format: NumberFormat, isFrom1904: boolean): string {
  const number = Number(value);
  if (value === '' || !Number.isFinite(number)) return value;
  if (format === 'date' || format === 'date-time') {
    const days = number + (isFrom1904 ? 1462 : 0);
    if (days < 1 || days > 2_958_465.999) return value;
    const date = new Date(Date.UTC(1899, 11, 30) + Math.round(days * 86_400) * 1000);
    const day = `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
    if (Number.isInteger(days)) return day;
    return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  }
  // Excel keeps 15 digits and rounds longer numbers when they are typed.
  if (Math.abs(number) >= 1e15) return number.toExponential(5).replace('e', 'E');
  const text = String(number);
  if (typeof format === 'object' && Number.isInteger(number)) return text.padStart(format.zeros, '0');
  return text;
}

/** Reads the rows of a sheet, a piece at a time. */
async function* sheetRows(parts: WorkbookParts, sheet: Sheet): AsyncGenerator<ScannedRow[]> {
  let rows: ScannedRow[] = [];
  let cells: string[] = [];
  let [line, column, text, type, style, isValue, isPhonetic] = [0, -1, '', '', 0, false, false];
  const cellText = (): string => {
    if (type === 's') return sheet.strings[Number(text)] ?? '';
    if (type === 'b') return text === '1' || text === 'true' ? 'TRUE' : 'FALSE';
    if (type === '' || type === 'n')
      return numberText(text.trim(), sheet.formats[style] ?? 'plain', sheet.isFrom1904);
    return unescaped(text);
  };
  const pieces = parts.chunks(sheet.path, {
    open: (name, tag) => {
      if (name === 'row') {
        line = Number(attribute(tag, 'r') ?? line + 1);
        [cells, column] = [[], -1];
      } else if (name === 'c') {
        const reference = columnOf(attribute(tag, 'r'));
        column = reference === -1 ? column + 1 : Math.min(reference, 16_383);
        [text, type] = ['', attribute(tag, 't') ?? ''];
        style = Number(attribute(tag, 's') ?? 0);
      } else if (name === 'rPh') isPhonetic = true;
      else if (name === 'v' || (name === 't' && !isPhonetic)) isValue = true;
    },
    text: (piece) => {
      if (isValue && text.length <= limits.importRow) text += piece;
    },
    close: (name) => {
      if (name === 'v' || name === 't') isValue = false;
      else if (name === 'rPh') isPhonetic = false;
      else if (name === 'c' && text !== '') {
        while (cells.length < column) cells.push('');
        cells[column] = cellText();
      } else if (name === 'row' && cells.length > 0) rows.push({ line, cells });
    },
  });
  try {
    while ((await pieces.next()).done !== true) {
      const complete = rows;
      rows = [];
      if (complete.length > 0) yield complete;
    }
    if (rows.length > 0) yield rows;
  } finally {
    await pieces.return(undefined);
  }
}

/**
 * Reads the rows of the sheet with the accounts: the first visible one that names columns. `line` is the number of the row in the sheet. Throws
 * `import.not-csv` with advice for a file that is no workbook.
 */
export async function* workbookRows(bytes: Buffer): AsyncGenerator<ScannedRow[]> {
  const parts = await openParts(bytes);
  try {
    yield* sheetRows(parts, await findSheet(parts));
  } finally {
    parts.close();
  }
}
