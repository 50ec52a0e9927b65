import type { PolicyDocument } from '../api/policy.ts';

/** The rules that a password can break; the words for each are looked up by this name. */
export const passwordRules = [
  'too-short',
  'no-upper-case',
  'no-lower-case',
  'no-digit',
  'no-special',
  'contains-name',
  'common-word',
] as const;
export type PasswordRule = (typeof passwordRules)[number];

/** What is known of the password's owner, and therefore to whoever guesses. */
export interface Owner {
  readonly userName?: string;
  readonly displayName?: string;
  readonly email?: string;
}

/** Characters: the product's guide for `classic`, NIST SP 800-63B-4 for a password that stands alone. */
const shortest = { classic: 8, nist: 15 } as const;

/** What people add digits and signs to, in lower case and with letters for look-alike signs. */
const commonWords = [
  'password', 'passwort', 'passw', 'welcome', 'willkommen', 'qwerty', 'qwertz', 'azerty', 'letmein', 'iloveyou',
  'monkey', 'dragon', 'football', 'baseball', 'sunshine', 'princess', 'admin', 'administrator', 'login', 'abc123',
  '123456', '654321', '111111', 'changeme', 'secret', 'summer', 'winter', 'spring', 'autumn', 'company', 'helpdesk',
] as const; // prettier-ignore

const lookAlikes: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};
const lettersOf = (text: string) => text.replaceAll(/[013457@$!]/g, (sign) => lookAlikes[sign] ?? sign);

/** Pieces of names that are long enough to be recognised in a password. */
const piecesOf = ({ userName = '', displayName = '', email = '' }: Owner): string[] =>
  [userName, email.split('@')[0] ?? '', ...displayName.split(/[\s.,'-]+/)]
    .map((piece) => piece.toLowerCase())
    .filter((piece) => [...piece].length >= 4);

/** Every rule that a password breaks, in the order of {@link passwordRules}; the length counts characters, not bytes. */
export function checkPassword(
  password: string,
  { preset }: Pick<PolicyDocument['passwords'], 'preset'>,
  owner: Owner,
): { readonly ok: boolean; readonly broken: readonly PasswordRule[] } {
  const broken = new Set<PasswordRule>();
  const plain = password.normalize('NFC');
  const lower = plain.toLowerCase();
  if ([...plain].length < shortest[preset]) broken.add('too-short');
  if (preset === 'classic') {
    if (!/\p{Lu}/u.test(plain)) broken.add('no-upper-case');
    if (!/\p{Ll}/u.test(plain)) broken.add('no-lower-case');
    if (!/\p{Nd}/u.test(plain)) broken.add('no-digit');
    if (!/[^\p{L}\p{N}]/u.test(plain)) broken.add('no-special');
  }
  if (piecesOf(owner).some((piece) => lower.includes(piece))) broken.add('contains-name');
  const lettered = lettersOf(lower);
  if (commonWords.some((word) => covers(lower, word) || covers(lettered, word))) broken.add('common-word');
  return { ok: broken.size === 0, broken: passwordRules.filter((rule) => broken.has(rule)) };
}

/** A common word counts when little else is left: a passphrase may well contain "winter". */
const covers = (password: string, word: string): boolean =>
  password.includes(word) && password.length - word.length < 6;
