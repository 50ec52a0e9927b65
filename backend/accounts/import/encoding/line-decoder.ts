import type { ImportMapping } from '../../../../shared/api/import-file.ts';
import { plausibility } from './plausibility.ts';
import { createDecoder, type FileDecoder } from './text-decoder.ts';

type Encoding = ImportMapping['encoding'];

/** A line that is in another encoding than its file, as where programs append to a list that another one wrote. */
export interface OtherLine {
  readonly line: number;
  readonly encoding: Encoding;
  readonly text: string;
}

/** Encodings whose characters may be of several bytes other than those of UTF-8, or depend on those before. */
const notLineByLine = new Set<Encoding>([
  'utf-16le',
  'utf-16be',
  'shift_jis',
  'euc-jp',
  'iso-2022-jp',
  'gb18030',
  'big5',
  'euc-kr',
]);
/** Whether lines of a file in this encoding can be told from lines in another one. */
export const isReadByLine = (encoding: Encoding): boolean => !notLineByLine.has(encoding);

/** Bytes without a line end after which lines are no longer told apart. */
const maxHeld = 4 * 1024 * 1024;
/** A letter of UTF-8 in several bytes, which in single-byte encodings is a letter and a sign. */
const looksLikeUtf8 = /[\u00C2-\u00F4][\u0080-\u00BF]/u;
const lines = /[^\r\n]*(?:\r{0,2}\n|\r|$)/gu;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function inUtf8(bytes: Buffer): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

/** The line in another encoding; null if it is no plausible text of names in it. */
function readIn(bytes: Buffer, encoding: Encoding, atLeast: number): string | null {
  const text = encoding === 'utf-8' ? inUtf8(bytes) : createDecoder(encoding).decode(bytes);
  if (text === null || /[\uFFFD\u0080-\u009F]/u.test(text)) return null;
  return plausibility(text) >= atLeast ? text : null;
}

/** The likely reading of a line that the file's encoding does not explain; null if the file's own is best. */
function otherReading(
  bytes: Buffer,
  base: Encoding,
  other: Encoding | undefined,
): { encoding: Encoding; text: string } | null {
  const found = (encoding: Encoding, text: string | null) => (text === null ? null : { encoding, text });
  if (base === 'utf-8') {
    // Without an encoding that the preview found, only text that is certainly of names is taken.
    return other === undefined || other === 'utf-8'
      ? found('windows-1252', readIn(bytes, 'windows-1252', 1))
      : found(other, readIn(bytes, other, 0.5));
  }
  const own = plausibility(createDecoder(base).decode(bytes));
  const asUtf8 = looksLikeUtf8.test(bytes.toString('latin1')) ? readIn(bytes, 'utf-8', own) : null;
  if (asUtf8 !== null) return { encoding: 'utf-8', text: asUtf8 };
  if (other === undefined || other === base || own >= 0.5) return null;
  return found(other, readIn(bytes, other, 0.75));
}

/** The number of line ends. Those of nearly all files end with a line feed, which is counted without an object for each. */
function countLines(text: string): number {
  if (/\r(?!\r?\n)/u.test(text)) return text.match(/\r{0,2}\n|\r/gu)?.length ?? 0;
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** The position behind the last line end that cannot be half of one. */
function endOfLines(bytes: Buffer): number {
  const feed = bytes.lastIndexOf(0x0a);
  for (let back = bytes.length - 2; back > feed; back -= 1)
    if (bytes[back] === 0x0d && bytes[back + 1] !== 0x0d) return back + 1;
  return feed + 1;
}

/** Decodes a file whose lines may be in two encodings, and notes those that are not in the file's own. */
export class LineDecoder implements FileDecoder {
  /** The lines in another encoding. */
  readonly others = new Map<number, OtherLine>();
  readonly #base: Encoding;
  readonly #other: Encoding | undefined;
  readonly #decoder: FileDecoder;
  #held: Buffer[] = [];
  #heldSize = 0;
  #line = 1;
  #isWhole = false;

  constructor(base: Encoding, other: Encoding | undefined) {
    this.#base = base;
    this.#other = other;
    this.#decoder = createDecoder(base);
  }

  decode(bytes?: Uint8Array): string {
    if (this.#isWhole) return bytes ? this.#decoder.decode(bytes, { stream: true }) : this.#decoder.decode();
    if (bytes) {
      this.#held.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      this.#heldSize += bytes.byteLength;
    }
    const hasEnd = bytes?.includes(0x0a) === true || bytes?.includes(0x0d) === true;
    if (bytes && !hasEnd && this.#heldSize <= maxHeld) return '';
    const all = Buffer.concat(this.#held);
    const end = bytes ? endOfLines(all) : all.length;
    const rest = all.subarray(end);
    this.#isWhole = rest.length > maxHeld;
    this.#held = this.#isWhole ? [] : [rest];
    this.#heldSize = rest.length;
    const text = this.#linesOf(all.subarray(0, end));
    return this.#isWhole ? text + this.#decoder.decode(rest, { stream: true }) : text;
  }

  #linesOf(block: Buffer): string {
    if (block.length === 0) return '';
    const quick = this.#quickly(block);
    if (quick !== null) {
      this.#line += countLines(quick);
      return quick;
    }
    let text = '';
    for (const [line] of block.toString('latin1').matchAll(lines)) {
      if (line === '') continue;
      text += this.#lineOf(Buffer.from(line, 'latin1'));
      if (/[\r\n]$/u.test(line)) this.#line += 1;
    }
    return text;
  }

  /** The text of a block all of whose lines are in the file's encoding; null if some may not be. */
  #quickly(block: Buffer): string | null {
    if (this.#base === 'utf-8') return inUtf8(block);
    const isAlone = this.#other === undefined || this.#other === 'utf-8';
    const isOwn = isAlone && !looksLikeUtf8.test(block.toString('latin1'));
    return isOwn ? this.#decoder.decode(block, { stream: true }) : null;
  }

  #lineOf(bytes: Buffer): string {
    const own = () => createDecoder(this.#base).decode(bytes);
    if (!bytes.some((byte) => byte >= 0x80)) return bytes.toString('latin1');
    if (this.#base === 'utf-8') {
      const text = inUtf8(bytes);
      if (text !== null) return text;
    }
    const other = otherReading(bytes, this.#base, this.#other);
    if (other === null) return own();
    this.others.set(this.#line, { line: this.#line, ...other });
    return other.text;
  }
}
