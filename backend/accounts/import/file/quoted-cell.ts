import { limits } from '../../../../shared/api/limits.ts';
import { countLineEnds } from './csv-text.ts';

/** More text must arrive before a row or a cell can be read. */
export const incomplete = Symbol('incomplete');
/** The quotes explain no row or cell. */
export const faulty = Symbol('faulty');

interface QuotedCell {
  readonly value: string;
  /** After the closing quote. */
  readonly end: number;
  /** The line ends inside the quotes. */
  readonly lines: number;
}

const backslash = 0x5c;

/** Reads a quoted cell whose content starts at `start`. `isFinal`: `held` ends where the file does. */
export function readQuotedCell(
  held: string,
  start: number,
  {
    quote: mark,
    hasBackslashes,
    isFinal,
  }: { readonly quote: string; readonly hasBackslashes: boolean; readonly isFinal: boolean },
): QuotedCell | typeof incomplete | typeof faulty {
  const quote = mark.charCodeAt(0);
  let [value, from] = ['', start];
  for (let at = start; ; at += 1) {
    const nextQuote = held.indexOf(mark, at);
    const slash = hasBackslashes ? held.indexOf('\\', at) : -1;
    if (slash !== -1 && (nextQuote === -1 || slash < nextQuote)) {
      const escaped = held.charCodeAt(slash + 1);
      if (escaped === quote || escaped === backslash) {
        value += held.slice(from, slash);
        from = slash + 1;
        at = slash + 1;
      } else at = slash;
      continue;
    }
    if (nextQuote === -1) return isFinal ? faulty : incomplete;
    if (held.charCodeAt(nextQuote + 1) === quote) {
      value += held.slice(from, nextQuote + 1);
      from = nextQuote + 2;
      at = nextQuote + 1;
      continue;
    }
    if (nextQuote + 1 >= held.length && !isFinal) return incomplete;
    value += held.slice(from, nextQuote);
    const isOverLong = nextQuote - start > limits.importRow;
    const lines = countLineEnds(value);
    return isOverLong && lines > 0 ? faulty : { value, end: nextQuote + 1, lines };
  }
}
