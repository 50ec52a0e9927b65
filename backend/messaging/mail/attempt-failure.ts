import { DeadlineError } from '../../outbound/deadline.ts';
import { connectionFailure } from '../../outbound/connection-failure.ts';
import { maskEmail } from '../../text/mask.ts';

/** Error codes of nodemailer and the network after which a later attempt may succeed. */
const transientCodes = new Set([
  'ECONNECTION',
  'ECONNREFUSED',
  'ECONNRESET',
  'EDNS',
  'EPIPE',
  'ESOCKET',
  'ETIMEDOUT',
]);

/** Whether a later attempt may succeed: the server answered 4xx, or the connection failed. A 5xx answer is final. */
export function isTransient(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  if (thrown instanceof DeadlineError) return true;
  const { responseCode, code } = thrown as { responseCode?: unknown; code?: unknown };
  if (typeof responseCode === 'number' && responseCode > 0) return responseCode >= 400 && responseCode < 500;
  return typeof code === 'string' && transientCodes.has(code);
}

/**
 * Whether the mail server itself is at fault: it cannot be reached, refuses the desk's sign-in, or rejects its sender. An answer about one recipient
 * or one mail says nothing about the next.
 */
export function isServerFault(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const { responseCode, command } = thrown as { responseCode?: unknown; command?: unknown };
  const isAnswered = typeof responseCode === 'number' && responseCode > 0;
  return !isAnswered || !(typeof command === 'string' && /^(?:RCPT|DATA)/.test(command));
}

/** Masks the addresses in a server's answer, since operators see addresses masked. At most 300 characters. */
export const maskAnswer = (answer: string): string =>
  answer.replaceAll(/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g, (address) => maskEmail(address) ?? '').slice(0, 300);

/** The mail server's answer, or why the connection failed. */
export const failureMessage = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return 'The mail could not be sent.';
  if ('response' in thrown && typeof thrown.response === 'string') return maskAnswer(thrown.response);
  return connectionFailure(thrown) ?? maskAnswer(thrown.message);
};

const [firstDelayMs, maxDelayMs] = [10_000, 30 * 60_000];

/** Milliseconds until the next attempt: three times longer after each, at most half an hour, with jitter. */
export const retryDelayMs = (attempts: number): number =>
  Math.round(Math.min(firstDelayMs * 3 ** (attempts - 1), maxDelayMs) * (0.8 + Math.random() * 0.2));
