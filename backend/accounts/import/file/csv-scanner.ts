import { limits } from '../../../../shared/api/limits.ts';
import { isHeaderLine, isPlainAt, quotesOf, straightQuotes } from './csv-text.ts';
import { faulty, incomplete, readQuotedCell } from './quoted-cell.ts';

/** A row of cells, or a line that cannot be read as one. `line` is its first line, from 1. */
export type ScannedRow =
  | { readonly line: number; readonly cells: string[] }
  | { readonly line: number; readonly fault: 'bad-quotes' | 'row-too-long' };

/** The scan of one row: `end` is after its line end, `lines` how many line ends it has. */
interface Scan {
  readonly cells: string[];
  readonly end: number;
  readonly lines: number;
  /** A quote stands inside a cell that has none around it. */
  readonly hasLooseQuote: boolean;
}

type Outcome = Scan | typeof incomplete | typeof faulty;

const [lineFeed, carriageReturn, blank] = [0x0a, 0x0d, 0x20];
const byteOrderMark = 0xfeff;
const unitSeparator = '\u001F';
/** Characters of a cell that is too long. They are more than any field takes. */
const keptOfLong = 2000;
/** Characters of a row with all its cells. A longer row cannot be a real one. */
const maxRow = 256 * limits.importRow;

/**
 * Cuts CSV text into rows of cells while it arrives. Lines end with LF, CR, CR LF or CR CR LF, mixed as they come. A cell may be in quotes, with quotes
 * inside doubled or, where the file writes them so, after a backslash; the quotes are apostrophes or typographic quotes if all cells of the first row have them. A line that is quoted as a whole is read without these quotes, if the first one
 * is. If a row cannot be read, its first line is returned as a fault and the scan
 * continues with the next line. A cell of any length is read in bounded memory: one of more than `limits.importRow` characters is cut, so that no field
 * takes it for a value.
 */
export class CsvScanner {
  readonly #delimiter: string;
  /** The delimiter in the file, if it has several characters. */
  readonly #longDelimiter: string | null;
  /** The end of the text so far, which may be half of a long delimiter. */
  #half = '';
  #held = '';
  #at = 0;
  #line: number;
  /** Positions of the next line ends and quote at or after `#at`; Infinity if the held text has no more. */
  #nextFeed = -1;
  #nextReturn = -1;
  #nextQuote = -1;
  /** The length that the held text must have before the same incomplete row is scanned again. */
  #reach = 0;
  #hasBackslashQuotes = false;
  #quote: '"' | "'" = '"';
  #hasTypographicQuotes = false;
  #isFirstRow = true;
  /** Whether lines are quoted as a whole, as the first line tells. */
  #isWrapped: boolean | null = null;
  /** Skips the rest of a line that is too long. */
  #isDropping = false;
  #isFinal = false;

  constructor(delimiter: string, firstLine = 1) {
    this.#longDelimiter = delimiter.length > 1 ? delimiter : null;
    this.#delimiter = delimiter.length > 1 ? unitSeparator : delimiter;
    this.#line = firstLine;
  }

  /** Adds text and returns the rows that are complete with it; `isFinal` at the end of the file. */
  push(text: string, isFinal: boolean): ScannedRow[] {
    const arrived = this.#inOneCharacter(text, isFinal);
    const added = this.#hasTypographicQuotes ? straightQuotes(arrived) : arrived;
    this.#held = this.#at === 0 ? this.#held + added : this.#held.slice(this.#at) + added;
    this.#isFinal = isFinal;
    this.#at = 0;
    this.#nextFeed = this.#nextReturn = this.#nextQuote = -1;
    const rows: ScannedRow[] = [];
    if (!isFinal && this.#held.length < this.#reach) return rows;
    this.#reach = 0;
    while (this.#at < this.#held.length) {
      if (this.#isDropping && !this.#dropLine()) break;
      if (this.#at >= this.#held.length) break;
      // A file appended to another one brings its byte order mark along.
      if (this.#held.charCodeAt(this.#at) === byteOrderMark) {
        this.#at += 1;
        continue;
      }
      if (!this.#scanRow(rows)) break;
    }
    return rows;
  }

  /** The text with a single character for each long delimiter. */
  #inOneCharacter(text: string, isFinal: boolean): string {
    const long = this.#longDelimiter;
    if (long === null) return text;
    const all = (this.#half + text).replaceAll(long, this.#delimiter);
    const kept = isFinal ? 0 : long.length - 1;
    this.#half = kept === 0 ? '' : all.slice(-kept);
    return kept === 0 ? all : all.slice(0, -kept);
  }

  #scanRow(rows: ScannedRow[]): boolean {
    const end = this.#lineEndFrom(this.#at);
    if (this.#isFirstRow && end !== -1) {
      this.#isFirstRow = false;
      const quotes = quotesOf(this.#held.slice(this.#at, end), this.#delimiter);
      if (quotes === 'apostrophes') this.#quote = "'";
      if (quotes === 'typographic') {
        this.#hasTypographicQuotes = true;
        this.#held = straightQuotes(this.#held);
      }
      this.#nextQuote = -1;
    }
    const isSimple = end !== -1 && this.#quoteFrom(this.#at) > end;
    if (isSimple) {
      const after = this.#afterLineEnd(end);
      if (after === -1) return this.#wait();
      if (end > this.#at) {
        this.#isWrapped ??= false;
        const cells = this.#held.slice(this.#at, end).split(this.#delimiter);
        rows.push(this.#rowOf(cells, end - this.#at));
      }
      this.#line += 1;
      this.#at = after;
      return true;
    }
    const outcome = this.#scanQuoted();
    if (outcome === incomplete) {
      if (this.#held.length - this.#at <= 3 * limits.importRow) return this.#wait();
      const shortened = this.#shorten();
      if (shortened === 'shortened') return this.#wait();
      if (shortened === 'bad-quotes') return this.#refuse(rows, 'bad-quotes');
      if (this.#held.length - this.#at <= maxRow) return this.#wait();
      return this.#refuse(rows, 'row-too-long');
    }
    if (outcome === faulty) return this.#refuse(rows, 'bad-quotes');
    rows.push(this.#rowOf(this.#unwrapped(outcome.cells), outcome.end - this.#at));
    this.#line += outcome.lines;
    this.#at = outcome.end;
    return true;
  }

  /** The cells of a line that is quoted as a whole, as Excel saves lines that it took for one cell. */
  #unwrapped(cells: string[]): string[] {
    const [cell = '', ...others] = cells;
    this.#isWrapped ??= others.length === 0 && isHeaderLine(cell, this.#delimiter);
    if (!this.#isWrapped || others.length > 0) return cells;
    const [row, ...more] = new CsvScanner(this.#delimiter).push(cell, true);
    return row && 'cells' in row && more.length === 0 ? row.cells : cells;
  }

  #rowOf(cells: string[], length: number): ScannedRow {
    if (length <= limits.importRow) return { line: this.#line, cells };
    return {
      line: this.#line,
      cells: cells.map((cell) => (cell.length > limits.importRow ? `${cell.slice(0, keptOfLong)}…` : cell)),
    };
  }

  #wait(): false {
    this.#reach = Math.ceil((this.#held.length - this.#at) * 1.5);
    return false;
  }

  /** Refuses the first line of the row and continues with the next line. */
  #refuse(rows: ScannedRow[], fault: 'bad-quotes' | 'row-too-long'): boolean {
    rows.push({ line: this.#line, fault });
    this.#isDropping = true;
    return true;
  }

  /** Skips to the next line; false if it has not arrived yet. */
  #dropLine(): boolean {
    const end = this.#lineEndFrom(this.#at);
    const after = end === -1 ? -1 : this.#afterLineEnd(end);
    if (after === -1 && !this.#isFinal) {
      // All but the last two characters, which may be half of a line end.
      this.#held = this.#held.slice(Math.max(this.#at, end === -1 ? this.#held.length - 2 : end));
      this.#at = 0;
      return false;
    }
    this.#isDropping = false;
    this.#line += 1;
    this.#at = after === -1 ? this.#held.length : after;
    return true;
  }

  /** The position of the next line end, or of the end of the file; -1 if neither has arrived. */
  #lineEndFrom(at: number): number {
    if (this.#nextFeed < at) this.#nextFeed = this.#indexOf('\n', at);
    if (this.#nextReturn < at) this.#nextReturn = this.#indexOf('\r', at);
    const end = Math.min(this.#nextFeed, this.#nextReturn);
    if (end !== Infinity) return end;
    return this.#isFinal ? this.#held.length : -1;
  }

  #quoteFrom(at: number): number {
    if (this.#nextQuote < at) this.#nextQuote = this.#indexOf(this.#quote, at);
    return this.#nextQuote;
  }

  #indexOf(character: string, at: number): number {
    const found = this.#held.indexOf(character, at);
    return found === -1 ? Infinity : found;
  }

  /** The position after the line end at `end`; -1 if the rest of it may still arrive. */
  #afterLineEnd(end: number): number {
    const held = this.#held;
    if (end >= held.length) return held.length;
    if (held.charCodeAt(end) === lineFeed) return end + 1;
    let after = end + 1;
    if (held.charCodeAt(after) === carriageReturn) after += 1;
    if (after >= held.length && !this.#isFinal) return -1;
    return held.charCodeAt(after) === lineFeed ? after + 1 : end + 1;
  }

  /** Scans a row with quotes. A row that doubled quotes do not explain is tried with backslashes. */
  #scanQuoted(): Outcome {
    if (this.#hasBackslashQuotes) {
      const escaped = this.#scanCells(true);
      if (escaped !== faulty && (escaped === incomplete || !escaped.hasLooseQuote)) return escaped;
    }
    const doubled = this.#scanCells(false);
    if (doubled === incomplete || (doubled !== faulty && !doubled.hasLooseQuote)) return doubled;
    const end = doubled === faulty ? this.#held.length : doubled.end;
    const firstBackslash = this.#held.indexOf(`\\${this.#quote}`, this.#at);
    if (firstBackslash === -1 || firstBackslash >= end) return doubled;
    const escaped = this.#scanCells(true);
    if (escaped === incomplete && doubled === faulty) {
      // Applies only if the row could still end; otherwise its quote never closes.
      return this.#held.length - this.#at > limits.importRow ? faulty : incomplete;
    }
    if (typeof escaped === 'symbol' || escaped.hasLooseQuote) return doubled;
    this.#hasBackslashQuotes = true;
    return escaped;
  }

  #scanCells(hasBackslashes: boolean): Outcome {
    const held = this.#held;
    const [delimiter, quote] = [this.#delimiter.charCodeAt(0), this.#quote.charCodeAt(0)];
    const cells: string[] = [];
    let [at, lines, hasLooseQuote] = [this.#at, 0, false];
    for (;;) {
      const start = this.#afterBlanks(at);
      if (start >= held.length && !this.#isFinal) return incomplete;
      let next = at;
      if (held.charCodeAt(start) === quote) {
        const cell = readQuotedCell(held, start + 1, {
          quote: this.#quote,
          hasBackslashes,
          isFinal: this.#isFinal,
        });
        if (typeof cell === 'symbol') return cell;
        cells.push(cell.value);
        lines += cell.lines;
        next = this.#afterBlanks(cell.end);
        if (next >= held.length && !this.#isFinal) return incomplete;
      } else {
        next = start;
        for (; next < held.length; next += 1) {
          const code = held.charCodeAt(next);
          if (code === delimiter || code === lineFeed || code === carriageReturn) break;
          if (code === quote) hasLooseQuote = true;
        }
        if (next >= held.length && !this.#isFinal) return incomplete;
        cells.push(held.slice(at, next));
      }
      const code = held.charCodeAt(next);
      if (code === delimiter) {
        at = next + 1;
        continue;
      }
      if (next < held.length && code !== lineFeed && code !== carriageReturn) return faulty;
      const end = this.#afterLineEnd(next);
      return end === -1 ? incomplete : { cells, end, lines: lines + 1, hasLooseQuote };
    }
  }

  #afterBlanks(at: number): number {
    let next = at;
    while (this.#held.charCodeAt(next) === blank) next += 1;
    return next;
  }

  /** Drops the middle of the long cell with which the incomplete row ends; a quoted one over several lines is an unclosed quote. */
  #shorten(): 'shortened' | 'bad-quotes' | 'kept' {
    const start = this.#startOfLastCell();
    const cell = this.#held.slice(start);
    if (cell.length <= 3 * limits.importRow) return 'kept';
    if (/[\r\n]/u.test(cell.slice(0, -2))) return 'bad-quotes';
    // Doubled quotes halve the kept text.
    let [from, to] = [start + 2 * limits.importRow + 16, this.#held.length - 16];
    while (!isPlainAt(this.#held, from) && from < to) from += 1;
    while (!isPlainAt(this.#held, to) && to > from) to -= 1;
    this.#held = this.#held.slice(0, from) + this.#held.slice(to);
    this.#nextFeed = this.#nextReturn = this.#nextQuote = -1;
    return 'shortened';
  }

  /** Where the last, incomplete cell of the incomplete row starts, with its quote. */
  #startOfLastCell(): number {
    const held = this.#held;
    const [delimiter, quote] = [this.#delimiter.charCodeAt(0), this.#quote.charCodeAt(0)];
    let at = this.#at;
    for (;;) {
      let next = this.#afterBlanks(at);
      if (held.charCodeAt(next) === quote) {
        const cell = readQuotedCell(held, next + 1, {
          quote: this.#quote,
          hasBackslashes: this.#hasBackslashQuotes,
          isFinal: this.#isFinal,
        });
        if (typeof cell === 'symbol') return at;
        next = cell.end;
      }
      while (next < held.length && held.charCodeAt(next) !== delimiter) next += 1;
      if (next >= held.length) return at;
      at = next + 1;
    }
  }
}
