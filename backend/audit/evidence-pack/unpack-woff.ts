import { inflateSync } from 'node:zlib';

const [woffHeader, woffEntry, plainHeader, plainEntry] = [44, 20, 12, 16];
const padded = (length: number): number => (length + 3) & ~3;

/**
 * Unpacks a WOFF 1 file into the font inside it by inflating each table. pdfkit reads WOFF as well, but fails on an empty glyph at the end of a table, such
 * as the space.
 */
export function unpackWoff(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('A bundled font is not in WOFF');
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_none, index) => {
    const at = woffHeader + index * woffEntry;
    const [offset, packed, length] = [4, 8, 12].map((field) => woff.readUInt32BE(at + field)) as [
      number,
      number,
      number,
    ];
    const bytes = woff.subarray(offset, offset + packed);
    return {
      tag: woff.subarray(at, at + 4),
      sum: woff.readUInt32BE(at + 16),
      bytes: packed < length ? inflateSync(bytes) : bytes,
    };
  });
  const head = Buffer.alloc(plainHeader + count * plainEntry);
  const power = 2 ** Math.floor(Math.log2(count));
  woff.copy(head, 0, 4, 8);
  head.writeUInt16BE(count, 4);
  head.writeUInt16BE(power * 16, 6);
  head.writeUInt16BE(Math.log2(power), 8);
  head.writeUInt16BE((count - power) * 16, 10);
  let offset = head.length;
  const parts: Buffer[] = [head];
  for (const [index, { tag, sum, bytes }] of tables.entries()) {
    const at = plainHeader + index * plainEntry;
    tag.copy(head, at);
    head.writeUInt32BE(sum, at + 4);
    head.writeUInt32BE(offset, at + 8);
    head.writeUInt32BE(bytes.length, at + 12);
    const room = padded(bytes.length);
    parts.push(bytes, Buffer.alloc(room - bytes.length));
    offset += room;
  }
  // Padding after the last table, because pdfkit reads the bytes of an empty glyph there as well.
  return Buffer.concat([...parts, Buffer.alloc(16)]);
}
