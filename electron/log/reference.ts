import { randomInt } from 'node:crypto';

// No I, L, O, U, 0, 1: read out on the phone without doubt.
const letters = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';

/** A short random word that stands both on the screen and in the log, such as `K7M2-QX4D`. */
export function newReference(): string {
  const word = Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('');
  return `${word.slice(0, 4)}-${word.slice(4)}`;
}
