import { digits, lower, signs, upper } from './characters.ts';
import type { DrawBelow } from './draw-below.ts';

/** The numbers of characters of each kind that a password must have at least. */
export type LeastCharacters = Readonly<Record<'upper' | 'lower' | 'digits' | 'signs', number>>;

const kinds = [
  ['upper', upper, /\p{Lu}/gu],
  ['lower', lower, /\p{Ll}/gu],
  ['digits', digits, /\d/gu],
  ['signs', signs, /[^\p{L}\d]/gu],
] as const;

/** Appends the characters that a password lacks, drawn at random, after a hyphen. */
export function addMissing(password: string, least: LeastCharacters, drawBelow: DrawBelow): string {
  const missing = kinds.flatMap(([kind, from, pattern]) => {
    const count = least[kind] - (password.match(pattern)?.length ?? 0);
    return Array.from({ length: Math.max(0, count) }, () => from[drawBelow(from.length)] ?? '');
  });
  return missing.length === 0 ? password : `${password}-${missing.join('')}`;
}
