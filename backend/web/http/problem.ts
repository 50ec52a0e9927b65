import type { ZodError } from 'zod';
import { errorStatus, type ErrorCode } from '../../../shared/errors/codes.ts';
import type { Problem } from '../../../shared/errors/problem.ts';
import { HashingBusy } from '../../passwords/password-hashing/hashing-queue.ts';
import { Refusal } from '../../refusal.ts';
import { isUnstorableText } from '../../store/dialect.ts';

/** Short words for who reads the answer without a console; the console has its own for each code. */
const titleOf = (code: ErrorCode): string => {
  const words = code.replaceAll(/[.-]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** RFC 9457 problem details for a refusal. */
export function problemOf(refusal: Refusal, reference: string): Problem {
  const { code, help } = refusal;
  return {
    type: `urn:reset-desk:problem:${code}`,
    title: titleOf(code),
    status: errorStatus[code],
    code,
    reference,
    ...help,
  };
}

/** Says which fields are wrong, and never what stood in them. */
export const invalid = (part: string, { issues }: ZodError): Refusal =>
  new Refusal('request.invalid', {
    fields: issues.map(({ path, message }) => ({ path: [part, ...path.map(String)].join('.'), message })),
  });

interface Thrown {
  readonly code?: unknown;
  readonly statusCode?: unknown;
}

/** The refusal that a thrown thing stands for, or null for what nobody foresaw. */
export function refusalOf(thrown: unknown): Refusal | null {
  if (thrown instanceof Refusal) return thrown;
  if (typeof thrown !== 'object' || thrown === null) return null;
  if (thrown instanceof HashingBusy) {
    return new Refusal('request.rate-limited', {
      detail: 'Very many passwords are being checked just now. Try again in a few seconds.',
    });
  }
  if (isUnstorableText(thrown)) {
    return new Refusal('request.invalid', { detail: 'The request has a character that cannot be stored.' });
  }
  const { code, statusCode } = thrown as Thrown;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Refusal('request.too-large');
  if (statusCode === 429) return new Refusal('request.rate-limited');
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return new Refusal('request.invalid', { detail: 'The request could not be read as JSON.' });
  }
  return null;
}
