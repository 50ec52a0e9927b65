import { type ImportMapping, encodings } from '../../../../shared/api/import-file.ts';
import { Refusal } from '../../../refusal.ts';
import { isKnownName } from '../columns/known-columns.ts';
import { plausibility } from '../encoding/plausibility.ts';
import { createDecoder } from '../encoding/text-decoder.ts';

type Encoding = ImportMapping['encoding'];

/** The names that `jschardet` uses for encodings that imports read and that occur in files of people. */
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
  cp437: 'ibm437',
  cp737: 'ibm737',
  cp775: 'ibm775',
  cp850: 'ibm850',
  cp852: 'ibm852',
  cp857: 'ibm857',
  ibm855: 'ibm855',
  cp860: 'ibm860',
  cp861: 'ibm861',
  cp862: 'ibm862',
  cp865: 'ibm865',
  macroman: 'macintosh',
  maccyrillic: 'x-mac-cyrillic',
  maclatin2: 'x-mac-ce',
  macgreek: 'x-mac-greek',
  macturkish: 'x-mac-turkish',
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
  'cp437',
  'cp737',
  'cp775',
  'cp850',
  'cp852',
  'cp857',
  'cp855',
  'cp860',
  'cp861',
  'cp862',
  'cp865',
  'mac-roman',
  'mac-cyrillic',
  'mac-latin2',
  'mac-greek',
  'mac-turkish',
  'johab',
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
const frequency = (encoding: Encoding): number => {
  if (encoding.startsWith('windows-')) return 1.1;
  if (encoding === 'ibm866' || encoding === 'x-mac-cyrillic') return 1;
  if (encoding.startsWith('x-mac-')) return 0.7;
  if (encoding.startsWith('ibm')) return 0.8;
  return encoding.startsWith('iso-') || encoding === 'koi8-u' ? 0.95 : 1;
};

/** Bytes of lines that are not ASCII, on which an encoding is judged. */
const maxSample = 16 * 1024;

export function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/**
 * The lines with bytes beyond ASCII, since the others say nothing about the encoding; of these only the ones that are not UTF-8, if there are any: single
 * lines may have come from another list.
 */
function telling(head: Buffer): Buffer[] {
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
  const others = lines.filter((line) => !isUtf8(line));
  return others.length === 0 ? lines : others;
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
    createDecoder(encoding, { fatal: true }).decode(sample, { stream: true });
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
const notRead = (encoding: string): Refusal =>
  refuse(`The file is ${encoding}, which is not read. Save it as “CSV UTF-8”.`);

/** The encoding that a byte order mark names; null without one. Throws `import.encoding` for UTF-32. */
export function encodingOfMark(head: Buffer): Encoding | null {
  const isUtf32 =
    (head[0] === 0xff && head[1] === 0xfe && head[2] === 0 && head[3] === 0) ||
    (head[0] === 0 && head[1] === 0 && head[2] === 0xfe && head[3] === 0xff);
  if (isUtf32) throw notRead('UTF-32');
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 'utf-8' : null;
}

/** UTF-16 without a mark: every second byte of plain text is zero. */
function utf16Of(head: Buffer): Encoding | null {
  // Zero bytes at the end fill a file up to the size of a block.
  const sample = head.subarray(0, Math.min(4096, head.findLastIndex((byte) => byte !== 0) + 2));
  const zeros = [0, 0, 0, 0];
  for (const [at, byte] of sample.entries()) if (byte === 0) zeros[at % 4] = (zeros[at % 4] ?? 0) + 1;
  const [first = 0, second = 0, third = 0, fourth = 0] = zeros;
  if (first + second + third + fourth > sample.length / 2) throw notRead('UTF-32');
  if (second + fourth > sample.length / 4) return 'utf-16le';
  return first + third > sample.length / 4 ? 'utf-16be' : null;
}

/** The text of a mainframe: letters in the upper half of the bytes, and nothing where ASCII has its digits, blanks and separators. */
function isEbcdic(head: Buffer): boolean {
  const sample = head.subarray(0, 4096);
  let letters = 0;
  for (const byte of sample) {
    if (byte >= 0x20 && byte < 0x40 && byte !== 0x25) return false;
    const low = byte & 0x0f;
    if (byte >= 0x81 && byte <= 0xf9 && low <= 9) letters += 1;
  }
  return sample.length > 20 && letters > sample.length / 2;
}

/** Text such as `M+APw-ller`, in which UTF-7 writes a letter beyond ASCII in base64. */
function hasUtf7(head: Buffer): boolean {
  for (const [, encoded = ''] of head.toString('latin1').matchAll(/\+([\dA-Za-z+/]{3,})-/gu)) {
    const bytes = Buffer.from(encoded, 'base64');
    const unused = (encoded.length * 6) % 16;
    if (unused >= 6 || bytes.length < 2) continue;
    const text = bytes
      .subarray(0, bytes.length - (bytes.length % 2))
      .swap16()
      .toString('utf16le');
    if (/^(?:(?!\p{ASCII})[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}])+$/u.test(text)) return true;
  }
  return false;
}

/**
 * Proposes a file's encoding by its head: byte order mark, zero bytes, valid UTF-8, else the encoding in which its letters are most likely those of
 * names. `isWhole` if the head is the complete file. Throws `import.encoding` for one that is not read.
 */
export async function recogniseEncoding(head: Buffer, isWhole: boolean): Promise<Encoding> {
  const marked = encodingOfMark(head) ?? utf16Of(head);
  if (marked !== null) return marked;
  if (isEbcdic(head)) throw notRead('EBCDIC, the encoding of mainframes');
  if (head.includes('\u001B$)C')) throw notRead('ISO-2022-KR');
  if (/~\{(?:[!-w][!-~])+~\}/u.test(head.toString('latin1'))) throw notRead('HZ');
  if (head.includes('\u001B$B') || head.includes('\u001B$@')) return 'iso-2022-jp';
  try {
    // The head may end in the middle of a character.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: !isWhole });
  } catch {
    const { good, bad } = utf8Parts(head);
    return good >= bad ? 'utf-8' : judgeLines(telling(head));
  }
  if (hasUtf7(head)) throw notRead('UTF-7');
  return 'utf-8';
}

/** Encodings with Latin letters in which Western European names have plausible letters as well. */
const likeWestern = new Set<Encoding>([
  'windows-1250',
  'windows-1254',
  'windows-1257',
  'iso-8859-2',
  'macintosh',
]);

/** Judges a file by its lines. A few lines in another encoding do not decide about a file in Windows-1252, in which most of its lines are names. */
async function judgeLines(lines: readonly Buffer[]): Promise<Encoding> {
  const found = await judge(Buffer.concat(lines));
  if (!likeWestern.has(found)) return found;
  const western = createDecoder('windows-1252');
  const plausible = lines.filter((line) => plausibility(western.decode(line, { stream: true })) === 1);
  const isMost = plausible.length < lines.length && plausible.length >= (lines.length * 2) / 3;
  return isMost && (await judge(Buffer.concat(plausible))) === 'windows-1252' ? 'windows-1252' : found;
}

/** Judges by the letters. Loads the library's model (about 100 ms) only when a file needs it. */
export async function judge(sample: Buffer): Promise<Encoding> {
  const { detectAll } = await import('jschardet');
  const scores = new Map<Encoding, number>();
  let johab = 0;
  for (const { encoding, confidence } of detectAll(sample, {
    minimumThreshold: 0,
    detectEncodings: askedFor,
  })) {
    const known = detected[encoding?.toLowerCase() ?? ''];
    if (encoding === 'Johab') johab = confidence;
    if (known !== undefined) scores.set(known, Math.max(scores.get(known) ?? 0, confidence));
  }
  // The model is sure of Hangul in Johab only, which no other encoding has in the same bytes.
  if (johab > 3 * Math.max(0.01, ...scores.values())) throw notRead('Johab');
  // Short lists of names contain too little text for a model that was trained on whole texts.
  for (const encoding of doubleByte) {
    if (!isValid(sample, encoding)) {
      // A file in its newer variant has characters that the decoder does not know, but names its columns.
      const text = createDecoder(encoding).decode(sample, { stream: true });
      if (knownColumns(text) >= 2) scores.set(encoding, 0);
      else scores.delete(encoding);
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
    const text = createDecoder(encoding).decode(sample, { stream: true });
    const known = knownColumns(text);
    // Two names of columns in Han, Kana or Hangul are no coincidence, however unsure the model is.
    const sure = Math.max(confidence, known >= 2 && doubleByte.has(encoding) ? 0.5 : 0);
    const score = sure * frequency(encoding) * (0.02 + plausibility(text)) ** 3 * (1 + known);
    if (score > bestScore) [best, bestScore] = [encoding, score];
  }
  return best;
}
