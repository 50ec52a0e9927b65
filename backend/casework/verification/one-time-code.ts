import { randomInt } from 'node:crypto';
import { Secret } from '../../../shared/secret/secret.ts';

/** A code of so many digits, every one as likely as every other. */
export const newCode = (digits: number): Secret =>
  new Secret(Array.from({ length: digits }, () => String(randomInt(10))).join(''));

/** The code as a caller reads it back and an operator types it: digits of any script, spaces and hyphens between. Null for anything else. */
export function readCode(typed: string, digits: number): string | null {
  const plain = typed.normalize('NFKC').replaceAll(/[\s-]/gu, '');
  return /^\d+$/.test(plain) && plain.length === digits ? plain : null;
}

/** A code in groups of three digits, as mails and texts show it. */
export const grouped = (code: string): string => code.replaceAll(/(\d{3})(?=\d)/g, '$1 ');
