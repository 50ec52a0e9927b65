import type { Secret } from '../../../shared/secret/secret.ts';
import { Refusal } from '../../refusal.ts';
import type { KeyedHash } from '../../store/keyed-hash.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { readCode } from './one-time-code.ts';

/** What a code is hashed with: it is worth nothing in another check, case or session, or to another operator. */
const bound = (
  checkId: string,
  caseId: string,
  { id, operator }: Pick<OperatorSession, 'id' | 'operator'>,
  code: string,
): string => [checkId, caseId, operator.id, id, code].join(' ');

type BoundTo = [checkId: string, caseId: string, session: Pick<OperatorSession, 'id' | 'operator'>];

/** The keyed hash that is kept of a code. */
export const hashCode = (keyed: KeyedHash, code: Secret, ...to: BoundTo): string =>
  keyed.hash('one-time-code', bound(...to, code.expose()));

/** Whether this is the code; compared in constant time. */
export const isCode = (keyed: KeyedHash, code: string, stored: string | null, ...to: BoundTo): boolean =>
  keyed.matches('one-time-code', bound(...to, code), stored ?? '');

/** The digits that were typed; refuses what cannot be a code, so that a slip uses up no try. */
export function codeOf(typed: string, digits: number): string {
  const code = readCode(typed, digits);
  if (code !== null) return code;
  const message = `The code has ${digits} digits.`;
  throw new Refusal('request.invalid', { fields: [{ path: 'body.code', message }] });
}
