import { randomBytes } from 'node:crypto';

/**
 * A UUID version 7 (RFC 9562) for a new account. Its first 48 bits are `now` in milliseconds, so that accounts of one import are neighbours in the index of
 * ids, and a batch writes to few of its pages.
 */
export function newAccountId(now: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
