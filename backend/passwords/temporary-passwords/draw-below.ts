import { randomBytes } from 'node:crypto';

/** Draws an integer from 0 to `count - 1` with equal probability. */
export type DrawBelow = (count: number) => number;

const range = 65_536;

/**
 * Draws from random bytes, two at a time. Rejects numbers beyond the largest multiple of `count` and draws again, since a plain remainder would favour
 * small numbers. `count` is at most 65,536.
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

/** Bytes per call of the operating system; a password takes some thirty. Each byte is used once and wiped. */
const portionBytes = 256;

function inPortions(): (length: number) => Uint8Array {
  let portion = Buffer.alloc(0);
  return (length) => {
    if (portion.length < length) portion = randomBytes(portionBytes);
    const taken = Uint8Array.from(portion.subarray(0, length));
    portion.fill(0, 0, length);
    portion = portion.subarray(length);
    return taken;
  };
}

/** Draws from the operating system's random numbers. */
export const drawBelow: DrawBelow = drawFrom(inPortions());
