import { randomInt } from 'node:crypto';
import { Secret } from '../../../shared/secret/secret.ts';
import { readCode } from '../../../shared/typed/code.ts';
import { Refusal } from '../../refusal.ts';
import type { KeyedHash } from '../../store/keyed-hash.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';

/** A code with this many digits, each equally likely. */
export const newCode = (digits: number): Secret =>
  new Secret(Array.from({ length: digits }, () => String(randomInt(10))).join(''));

/** A code in groups of three digits, as mails and texts show it. */
export const grouped = (code: string): string => code.replaceAll(/(\d{3})(?=\d)/g, '$1 ');

/** The text that is hashed for a code. It binds the code to its check, case, operator and session, so that it is valid nowhere else. */
const codeText = (
  checkId: string,
  caseId: string,
  { id, operator }: Pick<OperatorSession, 'id' | 'operator'>,
  code: string,
): string => [checkId, caseId, operator.id, id, code].join(' ');

type BoundTo = [checkId: string, caseId: string, session: Pick<OperatorSession, 'id' | 'operator'>];

/** The keyed hash of a code, as its check stores it. */
export const hashCode = (keyed: KeyedHash, code: Secret, ...to: BoundTo): string =>
  keyed.hash('one-time-code', codeText(...to, code.expose()));

/** Whether a code matches the stored hash; compared in constant time. */
export const isCode = (keyed: KeyedHash, code: string, stored: string | null, ...to: BoundTo): boolean =>
  keyed.matches('one-time-code', codeText(...to, code), stored ?? '');

/** Reads the typed digits. Throws `request.invalid` for a text that cannot be a code, so that a slip uses up no try. */
export function codeOf(typed: string, digits: number): string {
  const code = readCode(typed, digits);
  if (code !== null) return code;
  const message = `The code has ${digits} digits.`;
  throw new Refusal('request.invalid', { fields: [{ path: 'body.code', message }] });
}
