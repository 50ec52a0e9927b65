import type { ZodError } from 'zod';
import { errorStatus, type ErrorCode } from '../../../shared/errors/codes.ts';
import type { Problem } from '../../../shared/errors/problem.ts';
import { HashingBusy } from '../../passwords/password-hashing/hashing-queue.ts';
import { Refusal } from '../../refusal.ts';
import { isUnstorableText } from '../../store/dialect.ts';
import { storageFaultOf } from '../../store/storage-fault.ts';

/** A short title for API clients. The console has its own message for each code. */
const titleOf = (code: ErrorCode): string => {
  const title = code.replaceAll(/[.-]/g, ' ');
  return title.charAt(0).toUpperCase() + title.slice(1);
};

/** The RFC 9457 problem details of a refusal. */
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

/** A refusal that names the invalid fields but never repeats their values, which may be secrets. */
export const invalid = (part: string, { issues }: ZodError): Refusal =>
  new Refusal('request.invalid', {
    fields: issues.map(({ path, message }) => ({ path: [part, ...path.map(String)].join('.'), message })),
  });

interface Thrown {
  readonly code?: unknown;
  readonly statusCode?: unknown;
}

/** Maps a thrown value to its refusal; null if it is unexpected. */
export function refusalOf(thrown: unknown): Refusal | null {
  if (thrown instanceof Refusal) return thrown;
  if (typeof thrown !== 'object' || thrown === null) return null;
  if (thrown instanceof HashingBusy) {
    return new Refusal('request.rate-limited', {
      detail: 'Too many passwords are being verified at the moment. Try again in a few seconds.',
    });
  }
  if (isUnstorableText(thrown)) {
    return new Refusal('request.invalid', {
      detail: 'The request contains a character that cannot be stored.',
    });
  }
  const fault = storageFaultOf(thrown);
  if (fault !== null) return new Refusal(fault.code);
  const { code, statusCode } = thrown as Thrown;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Refusal('request.too-large');
  if (statusCode === 429) return new Refusal('request.rate-limited');
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return new Refusal('request.invalid', { detail: 'The request could not be read as JSON.' });
  }
  return null;
}
