import { createDecoder } from '../../../../backend/accounts/import/encoding/text-decoder.ts';
import type { ImportMapping } from '../../../../shared/api/import-file.ts';

type Encoding = ImportMapping['encoding'];

const doubleByte = new Set<Encoding>(['shift_jis', 'euc-jp', 'gb18030', 'big5', 'euc-kr']);
const tables = new Map<Encoding, ReadonlyMap<string, readonly number[]>>();

/** The bytes of each character of an encoding, found by decoding all bytes and pairs of bytes. */
function tableOf(encoding: Encoding): ReadonlyMap<string, readonly number[]> {
  const known = tables.get(encoding);
  if (known) return known;
  const table = new Map<string, readonly number[]>();
  const add = (...bytes: number[]) => {
    let text: string;
    try {
      text = createDecoder(encoding, { fatal: true }).decode(Uint8Array.from(bytes), { stream: true });
    } catch {
      return;
    }
    if ([...text].length === 1 && !table.has(text)) table.set(text, bytes);
  };
  for (let byte = 0; byte < 256; byte += 1) add(byte);
  if (doubleByte.has(encoding)) {
    for (let lead = 0x81; lead < 0xff; lead += 1)
      for (let trail = 0x40; trail < 0xff; trail += 1) add(lead, trail);
  }
  tables.set(encoding, table);
  return table;
}

const utf16 = (text: string, isBig: boolean): Buffer => {
  const bytes = Buffer.from(text, 'utf16le');
  return isBig ? bytes.swap16() : bytes;
};

/** Whether an encoding has all characters of a text. */
export const canEncode = (text: string, encoding: Encoding): boolean =>
  encoding.startsWith('utf-') || [...text].every((character) => tableOf(encoding).has(character));

/** A text in an encoding. Throws for a character that it does not have. */
export function encode(text: string, encoding: Encoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return utf16(text, encoding === 'utf-16be');
  const table = tableOf(encoding);
  const bytes: number[] = [];
  for (const character of text) {
    const found = table.get(character);
    if (!found) throw new Error(`${encoding} has no ${character}`);
    bytes.push(...found);
  }
  return Buffer.from(bytes);
}
