import { squash } from '../../../text/squash.ts';
import { repairedText, strictUtf8 } from '../encoding/repaired-text.ts';

/** Why a cell cannot be stored unchanged. */
export type CellFault = 'bad-characters' | 'rounded-by-excel' | 'excel-error';

export interface CleanCell {
  readonly text: string;
  readonly fault: CellFault | null;
  /** Whether the text had been decoded in a wrong encoding, or is the source text of a web page; `text` is repaired. */
  readonly wasEncodedTwice: boolean;
}

/** Blanks of all kinds, and invisible characters. */
const isEdge = (character: string): boolean => /^(?:[\p{Z}\p{Cf}]|(?=\p{ASCII})\p{Cc})$/u.test(character);

/** A cell without blanks and invisible characters at its ends. Not a pattern, whose time would grow with the square of the cell's length. */
function trimmed(cell: string): string {
  let [start, end] = [0, cell.length];
  while (start < end && isEdge(cell.charAt(start))) start += 1;
  while (end > start && isEdge(cell.charAt(end - 1))) end -= 1;
  return cell.slice(start, end);
}

const rounded = /^[+-]?\d(?:[.,]\d+)?E[+-]?\d{1,3}$/iu;
const excelError =
  /^#(?:name|ref|value|num|div\/0|null|wert|bezug|zahl|nom|valeur|n\/a|nv|nd)[!?]?$|^#{3,}$/iu;
/** A formula whose result was not exported: `=VLOOKUP(A2,…)`. */
const isFormula = (text: string): boolean => /^=[\p{Lu}\d.]+\(.*\)$/u.test(text);
/** Signs that a text was decoded wrongly: replacement characters, NUL, halves of a character and the control characters that Windows-1252 never has. */
const lost = /[\uFFFD\0\u0080-\u009F\p{Cs}]/u;

/** Reads `X'4ac3…'`, as csvde writes values that are not ASCII; null if the bytes are not UTF-8 text. */
function readHex(text: string): string | null {
  try {
    const decoded = strictUtf8.decode(Buffer.from(text.slice(2, -1), 'hex'));
    return /[\p{Cc}\uFFFD]/u.test(decoded) ? null : decoded;
  } catch {
    return null;
  }
}

/** ASCII text without blanks at its ends and without a sign that another program may have put before it. */
const isPlain = /^[\x21-\x26\x28-\x3C\x3E-\x57\x59-\x7E](?:[\x20-\x7E]*[\x21-\x7E])?$/u;

/** The name of a type that PowerShell writes for a list or an object, as in `System.String[]`. */
const isTypeName = (text: string): boolean =>
  /^(?:Deserialized\.)?(?:System|Microsoft)\.[A-Z]/u.test(text) &&
  /^[\w.]+(?:`\d+)?(?:\[[\w.,[\]\s]*\])?$/u.test(text) &&
  (/\[.*\]$/u.test(text) || text.split('.').length > 3);

/**
 * Takes the traces of PowerShell, Excel and csvde off a cell: `System.String[]`, `="004711"`, `'004711`, `X'4ac3…'`, blanks and invisible characters at its ends. An id keeps its bytes in hexadecimal.
 */
export function cleanCell(cell: string, isId = false): CleanCell {
  if (cell === '' || (isPlain.test(cell) && !/^[#=]|&/u.test(cell)))
    return { text: isTypeName(cell) ? '' : cell, fault: null, wasEncodedTwice: false };
  let text = trimmed(cell);
  const formula = /^="((?:[^"]|"")*)"$/u.exec(text);
  if (formula) text = trimmed((formula[1] ?? '').replaceAll('""', '"'));
  // A leading apostrophe marks text in Excel; names such as 't Hooft keep theirs.
  if (/^'[\d+=@(-][^']*$/u.test(text)) text = text.slice(1);
  if (isId) return { text, fault: lost.test(text) ? 'bad-characters' : null, wasEncodedTwice: false };
  if (/^X'(?:[\da-f]{2})+'$/iu.test(text)) {
    const decoded = readHex(text);
    return {
      text: decoded ?? text,
      fault: decoded === null ? 'bad-characters' : null,
      wasEncodedTwice: false,
    };
  }
  const repaired = repairedText(text);
  if (repaired !== null)
    return { text: repaired, fault: lost.test(repaired) ? 'bad-characters' : null, wasEncodedTwice: true };
  if (lost.test(text)) return { text, fault: 'bad-characters', wasEncodedTwice: false };
  if (excelError.test(text) || isFormula(text)) return { text, fault: 'excel-error', wasEncodedTwice: false };
  return { text, fault: null, wasEncodedTwice: false };
}

/** Whether Excel has turned a long number into `4,91512E+12`, so that its digits are lost. */
export const isRounded = (text: string): boolean => rounded.test(text);

const nothing = new Set(
  `na none null nil empty blank undefined unknown notavailable notset notapplicable nophone noemail nomail nonumber no nan systemstring systemobject
   keine kein keiner ka leer unbekannt nichtvorhanden keinemail keineangabe nichtgesetzt entfallt
   aucun aucune neant vide inconnu nonrenseigne
   ninguno ninguna vacio desconocido sindatos nodisponible notiene
   nessuno nessuna geen onbekend leeg nenhum nenhuma desconhecido なし`
    .trim()
    .split(/\s+/u)
    .map(squash),
);

/** Whether a cell of contact data says that there is none: "n/a", "-", "(none)", "keine". */
export const saysNothing = (text: string): boolean => {
  const word = squash(text);
  return word === '' || nothing.has(word) || /^0+$/u.test(word);
};

/** Whether a cell of a department or manager says that there is none; these may be short words. */
export const isPlaceholder = (text: string): boolean =>
  /^(?:[-–—.?]+|n\/a|no_(?:manager|hr)|#n\/a|\(?(?:none|null|nil|blank|empty|leer)\)?|<not set>)$/iu.test(
    text,
  );
