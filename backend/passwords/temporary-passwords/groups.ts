import { digits, lower, signs, upper } from './characters.ts';
import type { DrawBelow } from './draw-below.ts';

const kinds = [upper, lower, digits, signs];
const all = kinds.join('');

/** Groups of five random characters, separated by hyphens, which are easier to dictate. */
const groupLength = 5;

/** The number of groups that reach a length, including hyphens, and a strength in bits. */
export function groupsFor(shortest: number, bits: number): number {
  let groups = Math.ceil((shortest + 1) / (groupLength + 1));
  while (bitsOfGroups(groups) < bits) groups += 1;
  return groups;
}

/** Draws all characters again if a kind is missing, so that no position is more likely to hold a digit. */
export function drawCharacters(length: number, drawBelow: DrawBelow): string {
  for (;;) {
    const drawn = Array.from({ length }, () => all[drawBelow(all.length)] ?? '');
    if (kinds.every((kind) => drawn.some((character) => kind.includes(character)))) return drawn.join('');
  }
}

export function drawGroups(groups: number, drawBelow: DrawBelow): string {
  const drawn = drawCharacters(groups * groupLength, drawBelow);
  return Array.from({ length: groups }, (_, group) =>
    drawn.slice(group * groupLength, (group + 1) * groupLength),
  ).join('-');
}

export const bitsOfGroups = (groups: number): number => bitsOfCharacters(groups * groupLength);

/** The number of characters without separators that reach a length and a strength in bits. */
export function charactersFor(shortest: number, bits: number): number {
  let length = Math.max(kinds.length, shortest);
  while (bitsOfCharacters(length) < bits) length += 1;
  return length;
}

/** The bits of randomness: all strings, minus those that lack a kind (inclusion–exclusion). */
export function bitsOfCharacters(length: number): number {
  // Relative to all strings, so that the numbers stay small.
  let share = 0;
  for (let lacking = 0; lacking < 2 ** kinds.length; lacking += 1) {
    const left = kinds.filter((_, kind) => (lacking & (1 << kind)) === 0).join('').length;
    const sign = kinds.filter((_, kind) => (lacking & (1 << kind)) !== 0).length % 2 === 0 ? 1 : -1;
    share += sign * (left / all.length) ** length;
  }
  return length * Math.log2(all.length) + Math.log2(share);
}
