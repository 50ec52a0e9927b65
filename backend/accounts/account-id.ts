import { randomFillSync } from 'node:crypto';

/** Random bytes for the next ids. An import needs a hundred thousand ids, and a system call for each would take longer than the id itself. */
const pool = Buffer.alloc(16 * 256);
let used = pool.length;

function random(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 16;
  return pool.subarray(used - 16, used);
}

/**
 * A UUID version 7 (RFC 9562) for a new account. Its first 48 bits are `now` in milliseconds, so that accounts of one import are neighbours in the index of
 * ids, and a batch writes to few of its pages.
 */
export function newAccountId(now: number): string {
  const bytes = random();
  bytes.writeUIntBE(now, 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
