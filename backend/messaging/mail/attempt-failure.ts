import { maskEmail } from '../../text/mask.ts';

/** Codes of nodemailer and of the network behind which a later attempt may find a better day. */
const passing = new Set([
  'ECONNECTION',
  'ECONNREFUSED',
  'ECONNRESET',
  'EDNS',
  'EPIPE',
  'ESOCKET',
  'ETIMEDOUT',
]);

/** Whether a later attempt may do better: the server said "not now" (4xx), or the way to it broke. A 5xx is an answer for good. */
export function isTransient(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const { responseCode, code } = thrown as { responseCode?: unknown; code?: unknown };
  if (typeof responseCode === 'number' && responseCode > 0) return responseCode >= 400 && responseCode < 500;
  return typeof code === 'string' && passing.has(code);
}

/** An answer may name the address, which the desk sees masked: so it is masked here as well. At most 300 characters. */
export const maskAnswer = (words: string): string =>
  words.replaceAll(/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g, (address) => maskEmail(address) ?? '').slice(0, 300);

/** The mail server's words, or what the network said. */
export const failureMessage = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return 'The mail could not be sent.';
  const response =
    'response' in thrown && typeof thrown.response === 'string' ? thrown.response : thrown.message;
  return maskAnswer(response);
};

const [first, most] = [10_000, 30 * 60_000];

/** Milliseconds to wait after this many attempts: three times as long each time, at most half an hour, and not all mails at the same instant. */
export const retryDelayMs = (attempts: number): number =>
  Math.round(Math.min(first * 3 ** (attempts - 1), most) * (0.8 + Math.random() * 0.2));
