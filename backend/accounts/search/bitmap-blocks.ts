import { blockSize } from '../../store/word-bitmaps.ts';

/** Bitmaps of accounts by block. Compared by 32 bits at a time; their bytes are in the order of the accounts. */
export type Blocks = ReadonlyMap<number, Uint32Array>;

/** A bitmap as the driver returns it. */
export const blockOf = (stored: ArrayBuffer | Uint8Array): Uint32Array => {
  const bytes = new Uint8Array(stored);
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
};

function copyWith(bits: Uint32Array, other: Uint32Array, isUnion: boolean): Uint32Array {
  const combined = new Uint32Array(bits.length);
  // A counted loop takes a tenth of an iterator's time.
  for (let at = 0; at < combined.length; at += 1) {
    const one = bits[at] ?? 0;
    const next = other[at] ?? 0;
    combined[at] = isUnion ? one | next : one & next;
  }
  return combined;
}

/** The accounts that are in any of the bitmaps. */
export function unionOf(all: readonly Blocks[]): Blocks {
  const [first, ...others] = all;
  const union = new Map(first);
  for (const [block, bits] of others.flatMap((other) => [...other])) {
    const known = union.get(block);
    union.set(block, known === undefined ? bits : copyWith(known, bits, true));
  }
  return union;
}

/** The accounts that are in all of the bitmaps. */
export function intersectionOf(all: readonly Blocks[]): Blocks {
  const [first, ...others] = all;
  const met = new Map<number, Uint32Array>();
  for (const [block, bits] of first ?? []) {
    const found = others.flatMap((other) => other.get(block) ?? []);
    if (found.length < others.length) continue;
    met.set(
      block,
      found.reduce((both, other) => copyWith(both, other, false), bits),
    );
  }
  return met;
}

const hasBit = (byte: number, bit: number): boolean => (byte & (0x80 >> bit)) !== 0;

/** The numbers of the first accounts in bitmaps, in order. */
export function accountsIn(blocks: Blocks, limit: number): number[] {
  const found: number[] = [];
  for (const [block, bits] of [...blocks].toSorted(([one], [other]) => one - other)) {
    const bytes = new Uint8Array(bits.buffer, bits.byteOffset, bits.byteLength);
    for (let at = 0; at < bits.length; at += 1) {
      if (bits[at] === 0) continue;
      for (let place = at * 32; place < at * 32 + 32; place += 1)
        if (hasBit(bytes[place >> 3] ?? 0, place & 7)) found.push(block * blockSize + place);
      if (found.length >= limit) return found.slice(0, limit);
    }
  }
  return found;
}

/** Whether an account is in bitmaps. */
export function isIn(blocks: Blocks, account: number): boolean {
  const bits = blocks.get(Math.floor(account / blockSize));
  if (bits === undefined) return false;
  const place = account % blockSize;
  return hasBit(new Uint8Array(bits.buffer, bits.byteOffset, bits.byteLength)[place >> 3] ?? 0, place & 7);
}
