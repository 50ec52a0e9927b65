import { randomBytes } from 'node:crypto';

/** A whole number from 0 up to, but not including, `count`; each is equally likely. */
export type DrawBelow = (count: number) => number;

const range = 65_536;

/**
 * Draws from random bytes, two at a time. Numbers beyond the last whole multiple of `count` are thrown away and drawn
 * again: a remainder alone would make small numbers more likely. `count` is at most 65,536.
 */
export function drawFrom(bytes: (length: number) => Uint8Array): DrawBelow {
  return (count) => {
    const fair = range - (range % count);
    for (;;) {
      const [high = 0, low = 0] = bytes(2);
      const drawn = high * 256 + low;
      if (drawn < fair) return drawn % count;
    }
  };
}

/** Bytes that are asked for at once: a password takes some thirty. Each is handed out once and wiped. */
const drawnAtOnce = 256;

function inPortions(): (length: number) => Uint8Array {
  let portion = Buffer.alloc(0);
  return (length) => {
    if (portion.length < length) portion = randomBytes(drawnAtOnce);
    const taken = Uint8Array.from(portion.subarray(0, length));
    portion.fill(0, 0, length);
    portion = portion.subarray(length);
    return taken;
  };
}

/** Draws from the operating system's randomness. */
export const drawBelow: DrawBelow = drawFrom(inPortions());
