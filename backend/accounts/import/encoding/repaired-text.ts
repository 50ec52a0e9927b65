import { plausibility } from './plausibility.ts';
import { createDecoder } from './text-decoder.ts';

export const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/** Encodings in which programs read UTF-8 by mistake. */
const mistaken = ['windows-1252', 'macintosh', 'ibm850', 'ibm437', 'windows-1251', 'windows-1250'] as const;

interface Mistake {
  readonly bytes: ReadonlyMap<string, number>;
  /** The characters with which a letter in UTF-8 begins, and those that follow. */
  readonly begins: string;
  /** Text in which every character beyond ASCII is part of a letter in UTF-8. */
  readonly pattern: RegExp;
}

function mistakeOf(encoding: (typeof mistaken)[number]): Mistake {
  const bytes = new Map<string, number>();
  for (let byte = 0x80; byte < 0x100; byte += 1) {
    const text = createDecoder(encoding).decode(Uint8Array.of(byte), { stream: true });
    // Programs keep a byte that the encoding leaves undefined as the control character of its number.
    bytes.set(text === '\uFFFD' ? String.fromCharCode(byte) : text, byte);
  }
  const from = (first: number, last: number): string =>
    [...bytes]
      .filter(([, byte]) => byte >= first && byte <= last)
      .map(([character]) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
      .join('');
  const next = `[${from(0x80, 0xbf)}]`;
  const letters = [
    `[${from(0xc2, 0xdf)}]${next}`,
    `[${from(0xe0, 0xef)}]${next}{2}`,
    `[${from(0xf0, 0xf4)}]${next}{3}`,
  ];
  return {
    bytes,
    begins: `[${from(0xc2, 0xf4)}]${next}`,
    pattern: new RegExp(`^(?:[\\0-\\x7F]|${letters.join('|')})+$`, 'u'),
  };
}
const mistakes = mistaken.map((encoding) => mistakeOf(encoding));
/** Whether a text can be one that was read by mistake. Most names are not, and take one look. */
const canBeMistaken = new RegExp(mistakes.map(({ begins }) => begins).join('|'), 'u');

/** The text before it was read in one of these encodings; null if it was not. */
function undoneOnce(text: string): string | null {
  for (const [at, { bytes, pattern }] of mistakes.entries()) {
    if (!pattern.test(text)) continue;
    const encoding = mistaken[at];
    // Outside Windows-1252, two characters of a name can be the bytes of another letter, as in "Íñigo". Text that was read by mistake has signs
    // of DOS and Macintosh, or several unlikely letters of Windows.
    const isSure =
      encoding === 'windows-1252' ||
      (encoding?.startsWith('windows-') === true
        ? plausibility(text) < 0.5 && (text.match(/\P{ASCII}/gu)?.length ?? 0) >= 6
        : /[\u2500-\u257F√∂∑∏∆≈∫◊¬]/u.test(text));
    if (!isSure) continue;
    const original = Array.from(text, (character) => bytes.get(character) ?? character.charCodeAt(0));
    try {
      const decoded = strictUtf8.decode(Uint8Array.from(original));
      // Text that only looks like UTF-8 becomes signs and control characters.
      if (!/[\p{Cc}\p{Co}\p{Cn}]/u.test(decoded)) return decoded;
    } catch {
      // An overlong form or half of a pair: the text is what it seems to be.
    }
  }
  return null;
}

/** Marks of accented letters in the names that HTML has for them. */
const marks: Readonly<Record<string, string>> = {
  grave: '\u0300',
  acute: '\u0301',
  circ: '\u0302',
  tilde: '\u0303',
  uml: '\u0308',
  ring: '\u030A',
  caron: '\u030C',
  cedil: '\u0327',
};
const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  szlig: 'ß',
  aelig: 'æ',
  AElig: 'Æ',
  oelig: 'œ',
  OElig: 'Œ',
  oslash: 'ø',
  Oslash: 'Ø',
  eth: 'ð',
  ETH: 'Ð',
  thorn: 'þ',
  THORN: 'Þ',
};

/** A text with the characters that it writes as a web page does: `J&ouml;rg`, `J&#246;rg`. */
const withoutEntities = (text: string): string =>
  text.replaceAll(
    /&(?:#(\d{2,7})|#x([\da-f]{2,6})|([a-z])(grave|acute|circ|tilde|uml|ring|caron|cedil)|([a-z]{2,6}));/giu,
    (entity, decimal?: string, hexadecimal?: string, letter?: string, mark?: string, name?: string) => {
      if (letter !== undefined && mark !== undefined)
        return `${letter}${marks[mark.toLowerCase()] ?? ''}`.normalize('NFC');
      if (name !== undefined) return named[name] ?? entity;
      const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
      const isText =
        code >= 0x20 &&
        code <= 0x10_ff_ff &&
        !(code >= 0x7f && code < 0xa0) &&
        !(code >= 0xd800 && code < 0xe000);
      return isText ? String.fromCodePoint(code) : entity;
    },
  );

/**
 * Repairs UTF-8 that was read in another encoding, once or several times ("MÃ¼ller"), and the source text of web pages; null for any other text.
 */
export function repairedText(text: string): string | null {
  let repaired = text.includes('&') ? withoutEntities(text) : text;
  for (let times = 0; times < 3 && canBeMistaken.test(repaired); times += 1) {
    const undone = undoneOnce(repaired);
    if (undone === null) break;
    repaired = undone;
  }
  return repaired === text ? null : repaired;
}
