import { type ImportMapping, encodings } from '../../../../shared/api/import-file.ts';
import { Refusal } from '../../../refusal.ts';
import { isKnownName } from '../columns/known-columns.ts';

type Encoding = ImportMapping['encoding'];

/** The names that `jschardet` uses for encodings that `TextDecoder` reads and that occur in files of people. */
const detected: Readonly<Record<string, Encoding>> = {
  'windows-1250': 'windows-1250',
  'windows-1251': 'windows-1251',
  'windows-1252': 'windows-1252',
  'windows-1253': 'windows-1253',
  'windows-1254': 'windows-1254',
  'windows-1255': 'windows-1255',
  'windows-1256': 'windows-1256',
  'windows-1257': 'windows-1257',
  cp1258: 'windows-1258',
  cp874: 'windows-874',
  'iso-8859-2': 'iso-8859-2',
  'iso-8859-5': 'iso-8859-5',
  'iso-8859-6': 'iso-8859-6',
  'iso-8859-7': 'iso-8859-7',
  'iso-8859-8': 'iso-8859-8',
  'iso8859-15': 'iso-8859-15',
  'koi8-r': 'koi8-r',
  'koi8-u': 'koi8-u',
  ibm866: 'ibm866',
  macroman: 'macintosh',
  maccyrillic: 'x-mac-cyrillic',
  shift_jis: 'shift_jis',
  cp932: 'shift_jis',
  'euc-jp': 'euc-jp',
  gb18030: 'gb18030',
  big5: 'big5',
  'euc-kr': 'euc-kr',
  cp949: 'euc-kr',
};
const askedFor = [
  'utf-8',
  'windows-1250',
  'windows-1251',
  'windows-1252',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'cp1258',
  'cp874',
  'iso-8859-2',
  'iso-8859-5',
  'iso-8859-6',
  'iso-8859-7',
  'iso-8859-8',
  'iso-8859-15',
  'koi8-r',
  'koi8-u',
  'cp866',
  'mac-roman',
  'mac-cyrillic',
  'shift_jis',
  'cp932',
  'euc-jp',
  'gb18030',
  'big5',
  'euc-kr',
  'cp949',
];
const doubleByte = new Set<Encoding>(['shift_jis', 'euc-jp', 'gb18030', 'big5', 'euc-kr']);

/** How much more frequent the encodings of Windows are than those with almost the same letters. */
const frequency = (encoding: Encoding): number =>
  encoding.startsWith('windows-') ? 1.1 : encoding.startsWith('iso-') || encoding === 'koi8-u' ? 0.95 : 1;

/** Bytes of lines that are not ASCII, on which an encoding is judged. */
const maxSample = 16 * 1024;

/** The lines with bytes beyond ASCII. The other lines say nothing about the encoding. */
function telling(head: Buffer): Buffer {
  const lines: Buffer[] = [];
  let [size, start] = [0, 0];
  for (let at = 0; at <= head.length && size < maxSample; at += 1) {
    if (at < head.length && head[at] !== 0x0a && head[at] !== 0x0d) continue;
    const line = head.subarray(start, at + 1);
    if (line.some((byte) => byte >= 0x80)) {
      lines.push(line);
      size += line.length;
    }
    start = at + 1;
  }
  return Buffer.concat(lines);
}

const scripts = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Thai}/u,
];

/** Whether a word with letters beyond ASCII cannot be part of a name, because it mixes signs, capitals or scripts. */
function isImplausible(word: string): boolean {
  if (/[\p{Cc}\p{Cn}\p{Co}\uFFFD]/u.test(word)) return true;
  if (
    /(?:\p{L}\p{M}*)[^\p{L}\p{M}\p{N}\p{Pd}\p{Z}'’.·•・&/@]/u.test(word) &&
    !/^[\p{L}\p{M}]+[)\]>»”"!?:]+$/u.test(word)
  )
    return true;
  if (/^[^\p{L}\p{N}("'‘’“„«-]\p{L}/u.test(word)) return true;
  // Names are written as "Müller", "MÜLLER", "McÉwan", not as "mÜLLER" or "M\u00DCller".
  const capitals = word.match(/\p{Ll}\p{M}*\p{Lu}/gu)?.length ?? 0;
  if (capitals > 0 && /\p{Ll}\p{M}*(?=\P{ASCII})\p{Lu}/u.test(word)) return true;
  if (/^(?=\P{ASCII})\p{Ll}\p{M}*\p{Lu}/u.test(word)) return true;
  if (scripts.filter((script) => script.test(word)).length > 1) return true;
  // Text in other scripts turns into half-width Katakana and runs of accented letters when it is read in the wrong encoding.
  return /[\uFF61-\uFF9F]/u.test(word) || /(?:(?=\P{ASCII})\p{Script=Latin}){3}/u.test(word);
}

/** The share of words beyond ASCII that can be words of names. */
export function plausibility(text: string): number {
  const words = text.split(/[\s,;|"\t]+/u).filter((word) => /\P{ASCII}/u.test(word));
  if (words.length === 0) return 1;
  return 1 - words.filter(isImplausible).length / words.length;
}

/** The number of column names with letters beyond ASCII that exports use. They are right in the file's own encoding only. */
const knownColumns = (text: string): number =>
  (text.split(/[\r\n]+/u, 1)[0] ?? '')
    .split(/[,;|\t]/u)
    .filter((name) => /\P{ASCII}/u.test(name) && isKnownName(name)).length;

/** The share of common Han characters. Characters in names and offices are mostly in the first of the two levels of each of these encodings. */
function commonPart(sample: Buffer, encoding: Encoding): number {
  let [pairs, common] = [0, 0];
  for (let at = 0; at < sample.length; at += 1) {
    const [lead = 0, trail = 0] = [sample[at], sample[at + 1]];
    if (lead < 0x81 || (encoding === 'shift_jis' && lead >= 0xa0 && lead < 0xe0)) continue;
    pairs += 1;
    at += 1;
    const isCommon =
      encoding === 'shift_jis'
        ? (lead >= 0x88 && lead <= 0x97) || lead === 0x82 || lead === 0x83
        : encoding === 'big5'
          ? lead >= 0xa4 && lead <= 0xc6
          : encoding === 'gb18030'
            ? lead >= 0xb0 && lead <= 0xd7 && trail >= 0xa1
            : encoding === 'euc-kr'
              ? lead >= 0xb0 && lead <= 0xc8 && trail >= 0xa1
              : (lead >= 0xb0 && lead <= 0xcf && trail >= 0xa1) || lead === 0xa4 || lead === 0xa5;
    if (isCommon) common += 1;
  }
  return pairs === 0 ? 0 : common / pairs;
}

/** Whether the bytes are valid in the encoding. */
function isValid(sample: Buffer, encoding: Encoding): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(sample, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** The parts of a text that are UTF-8 and that are not, counted by characters beyond ASCII. */
function utf8Parts(head: Buffer): { good: number; bad: number } {
  const text = new TextDecoder('utf-8').decode(head, { stream: true });
  let [good, bad] = [0, 0];
  for (const character of text) {
    if (character === '\uFFFD') bad += 1;
    else if (character > '\x7F') good += 1;
  }
  return { good, bad };
}

const refuse = (detail: string): Refusal => new Refusal('import.encoding', { detail });

/** The encoding that a byte order mark names; null without one. Throws `import.encoding` for UTF-32. */
export function encodingOfMark(head: Buffer): Encoding | null {
  const isUtf32 =
    (head[0] === 0xff && head[1] === 0xfe && head[2] === 0 && head[3] === 0) ||
    (head[0] === 0 && head[1] === 0 && head[2] === 0xfe && head[3] === 0xff);
  if (isUtf32) throw refuse('The file is UTF-32, which is not read. Save it as “CSV UTF-8”.');
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 'utf-8' : null;
}

/** UTF-16 without a mark: every second byte of plain text is zero. */
function utf16Of(head: Buffer): Encoding | null {
  const sample = head.subarray(0, 4096);
  const zeros = [0, 0, 0, 0];
  for (const [at, byte] of sample.entries()) if (byte === 0) zeros[at % 4] = (zeros[at % 4] ?? 0) + 1;
  const [first = 0, second = 0, third = 0, fourth = 0] = zeros;
  if (first + second + third + fourth > sample.length / 2)
    throw refuse('The file is UTF-32, which is not read. Save it as “CSV UTF-8”.');
  if (second + fourth > sample.length / 4) return 'utf-16le';
  return first + third > sample.length / 4 ? 'utf-16be' : null;
}

/**
 * Proposes a file's encoding by its head: byte order mark, zero bytes, valid UTF-8, else the encoding in which its letters are most likely those of
 * names. `isWhole` if the head is the complete file. Throws `import.encoding` for one that is not read.
 */
export async function recogniseEncoding(head: Buffer, isWhole: boolean): Promise<Encoding> {
  const marked = encodingOfMark(head) ?? utf16Of(head);
  if (marked !== null) return marked;
  if (head.includes('\u001B$B') || head.includes('\u001B$@')) return 'iso-2022-jp';
  try {
    // The head may end in the middle of a character.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: !isWhole });
    return 'utf-8';
  } catch {
    // Judged below.
  }
  const { good, bad } = utf8Parts(head);
  if (good >= bad) return 'utf-8';
  return judge(telling(head));
}

/** Judges by the letters. Loads the library's model (about 100 ms) only when a file needs it. */
async function judge(sample: Buffer): Promise<Encoding> {
  const { detectAll } = await import('jschardet');
  const scores = new Map<Encoding, number>();
  for (const { encoding, confidence } of detectAll(sample, {
    minimumThreshold: 0,
    detectEncodings: askedFor,
  })) {
    const known = detected[encoding?.toLowerCase() ?? ''];
    if (known !== undefined) scores.set(known, Math.max(scores.get(known) ?? 0, confidence));
  }
  // Short lists of names contain too little text for a model that was trained on whole texts.
  for (const encoding of doubleByte) {
    if (!isValid(sample, encoding)) {
      scores.delete(encoding);
      continue;
    }
    const common = commonPart(sample, encoding);
    const score = (scores.get(encoding) ?? 0) + 0.05 * common ** 4;
    scores.set(encoding, score * (0.2 + 0.8 * common));
  }
  let [best, bestScore]: [Encoding, number] = ['windows-1252', -1];
  for (const encoding of encodings) {
    const confidence = scores.get(encoding);
    if (confidence === undefined) continue;
    const text = new TextDecoder(encoding).decode(sample, { stream: true });
    const score =
      confidence * frequency(encoding) * (0.02 + plausibility(text)) ** 3 * (1 + knownColumns(text));
    if (score > bestScore) [best, bestScore] = [encoding, score];
  }
  return best;
}
