import { randomInt } from 'node:crypto';

// Without what sounds or looks alike on the phone or on paper: no I l 1 O 0 o, no B 8, S 5, Z 2.
const upper = 'ACDEFGHJKLMNPQRTUVWXY';
const lower = 'abcdefghijkmnpqrstuvwxyz';
const digits = '34679';
const signs = '+=?!#%*';
const all = upper + lower + digits + signs;

/** Characters in three groups of five and one hyphen between them: the groups carry the randomness, the hyphens are for the ear. */
const groups = 3;
const groupLength = 5;

const pick = (from: string): string => from[randomInt(from.length)] ?? '';

/** Bits of a password of this making, counted without the rejected ones, which are fewer than half. */
export const temporaryPasswordBits = Math.log2(all.length) * groups * groupLength - 1;

const kinds = [/[A-Z]/, /[a-z]/, /\d/, /[^\w-]/] as const;

/**
 * A temporary password of at least 72 bits (OWASP ASVS 6.4.1) with every kind of character that the classic
 * rules ask for. Drawn whole and drawn again when a kind is missing, so that no place is more likely to hold a digit.
 */
export function generateTemporaryPassword(): string {
  for (;;) {
    const drawn = Array.from({ length: groups }, () =>
      Array.from({ length: groupLength }, () => pick(all)).join(''),
    );
    const password = drawn.join('-');
    if (kinds.every((kind) => kind.test(password))) return password;
  }
}
