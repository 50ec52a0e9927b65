import type { LeastCharacters } from './character-rules.ts';
import { digits, lower, signs, upper } from './characters.ts';
import type { DrawBelow } from './draw-below.ts';

const kinds = [
  ['upper', upper, /\p{Lu}/gu],
  ['lower', lower, /\p{Ll}/gu],
  ['digits', digits, /\d/gu],
  ['signs', signs, /[^\p{L}\d]/gu],
] as const;

/** Appends the characters that a password lacks, drawn at random, after a separator. */
export function addMissing(
  password: string,
  least: LeastCharacters,
  { separator, drawBelow }: { readonly separator: string; readonly drawBelow: DrawBelow },
): string {
  const missing = kinds.flatMap(([kind, from, pattern]) => {
    const count = least[kind] - (password.match(pattern)?.length ?? 0);
    return Array.from({ length: Math.max(0, count) }, () => from[drawBelow(from.length)] ?? '');
  });
  return missing.length === 0 ? password : `${password}${separator}${missing.join('')}`;
}
