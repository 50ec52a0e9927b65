import { z } from 'zod';
import { limits } from '../../../shared/api/limits.ts';
import { readLinkToken } from '../../../shared/typed/token.ts';

// The fields of forms. A field that is missing, repeated or too long reads as empty: the form is then shown again.
const secret = z
  .string()
  .max(4 * limits.password)
  .catch('');
const short = z.string().max(100).catch('');

export const nothingAsked = z.unknown();
export const credentials = z.object({
  userName: z.string().max(limits.identifier).catch(''),
  password: secret,
});
export const newPassword = z.object({ password: secret, repeated: secret });
export const currentPassword = z.object({ current: secret });
export const token = z.object({
  token: z.string().max(1000).catch('').transform(readLinkToken),
});
export const code = z.object({ code: z.string().max(100).catch('') });
/** A user name, email address or employee number, as typed or pasted. */
export const address = z.object({ address: z.string().trim().max(limits.identifier).catch('') });
/** A box that the user must tick, so that a mail scanner that presses the button has no effect. */
export const confirmed = z.object({ confirmed: z.literal('yes').nullable().catch(null) });
/** The result of a form whose box was not ticked. */
export const notConfirmed = z.object({ fault: z.literal('not-confirmed') });
/** The id of a row: a change, a recovery address, a session. */
export const rowId = short;

/** The page behind a mailed link, built from the token in its form. */
export const linkPath = (page: string, linkToken: string): string =>
  `/${page}/${linkToken === '' ? 'unknown' : encodeURIComponent(linkToken)}`;

/** The notice that the query parameter `said` names, from a table; null if it names none. */
export function noticeOf<Notice>(notices: Readonly<Record<string, Notice>>, query: unknown): Notice | null {
  const { said } = query as { readonly said?: unknown };
  return typeof said === 'string' && Object.hasOwn(notices, said) ? (notices[said] ?? null) : null;
}
