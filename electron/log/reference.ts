import { randomInt } from 'node:crypto';

// No I, L, O, U, 0 and 1, which are easily confused when read out on the phone.
const letters = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';

/** A short random reference for the screen and the log, such as `K7M2-QX4D`. */
export function newReference(): string {
  const word = Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('');
  return `${word.slice(0, 4)}-${word.slice(4)}`;
}
