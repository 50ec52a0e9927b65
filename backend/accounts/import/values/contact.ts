import { asciiDigits } from '../../../../shared/typed/digits.ts';
import { limits } from '../../../../shared/api/limits.ts';

/** Dashes of all kinds, blanks of all kinds, and invisible characters. */
const [dashes, blanks, invisible] = [/[\p{Pd}\u2212]/gu, /[\p{Z}\s]+/gu, /[\p{Cf}\p{Cc}]/gu];
/** Names of hosts, which begin and end with a letter or digit, and a local part without a dot at an end. */
const address =
  /^(?!\.)[^\s@<>,;"\\\p{C}]+(?<!\.)@[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?)*$/u;

/** The forms that most cells have; all others are taken apart. */
const [isSimpleAddress, isSimplePhone] = [
  /^\w[\w+-]*(?:\.[\w+-]+)*@\w[\w-]*(?:\.[\w-]+)+$/u,
  /^\+?\d[\d ]{5,16}\d$/u,
];

/** Entries of `proxyAddresses` that are no e-mail addresses. */
const otherScheme = /^\s*(?:sip|x500|x400|eum|spo|im|notes):/iu;

/** Characters of one address or number with its labels and marks. A longer text contains neither. */
const maxPart = 500;

const isAddress = (text: string): boolean =>
  text.length <= limits.email && !text.includes('..') && address.test(text);

/**
 * Reads the e-mail address of a cell: without `mailto:`, `SMTP:`, the name before `<…>`, quotes and a sign at the end. Of several, the one marked by
 * `SMTP:` in capitals counts, else the first. Null if there is none.
 */
export function readEmail(text: string): string | null {
  if (isSimpleAddress.test(text) && text.length <= limits.email) return text;
  const value = text
    .normalize('NFC')
    .replaceAll('＠', '@')
    .replaceAll('．', '.')
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(invisible, '')
    .trim()
    .replace(/^(?:e-?mail|mail):\s*/iu, '')
    // Links as Outlook and Markdown write them, and remarks behind an address.
    .replaceAll(/\[mailto:[^\]]*\]|\(mailto:[^)]*\)|(?<=@\S{1,100})\s+\([^()]*\)/giu, '');
  const angled = [...value.matchAll(/<\s*(?:mailto:|smtp:)?([^<>]*)>/giu)].map(([, inner]) => inner ?? '');
  const parts = (
    angled.length > 0 ? angled : value.split(/[;,|]|\/(?=[^/;,|]*@)|\s+(?=\S+@)|\s+(?:or|oder|ou|o)\s+/iu)
  ).filter((part) => part.trim() !== '' && !otherScheme.test(part));
  // A piece without an @ is the rest of an address that contains a comma.
  if (parts.length > 1 && parts.some((part) => !part.includes('@'))) return null;
  let first: string | null = null;
  for (const part of parts) {
    if (part.length > maxPart) continue;
    const isPrimary = /^\s*SMTP:/u.test(part);
    const found = part
      .trim()
      .replaceAll(/^["'([{<]+/gu, '')
      .replace(/^(?:mailto|smtp|e-?mail|mail):\s*/iu, '')
      .replace(/\?.*$/su, '')
      .replace(/\s*\([^()]*\)\s*$/u, '')
      .replaceAll(/^["'([{]+|["')\]}.,;:!>*\\]+$/gu, '')
      .trim();
    if (!isAddress(found)) continue;
    if (isPrimary) return found;
    first ??= found;
  }
  return first;
}

const extension =
  /(?:,?\s*(?:\bext(?:ension)?\b\.?|\bextn?\.|\bx|#|;ext=|\bdurchwahl\b|\bdw\b\.?|\bposte\b|\bkl(?:appe)?\b\.?|\binterno?\b)[\s.:]*)(\d{1,8})\s*$/iu;

/** The number without labels, marks and a scheme; null if it is none. */
function readOnePhone(text: string): string | null {
  if (text.length > maxPart) return null;
  let value = text
    // Quotes, a formula's sign and pictures of a telephone around the number.
    .replaceAll(/^[\s{["'’‘<=\p{So}\uFE0F]+|[\s}\]"'’‘>\p{So}\uFE0F]+$/gu, '')
    .replace(/^\++/u, '+')
    .replace(/^(\+?\d{5,})\.0$/u, '$1')
    .replace(/^\s*(?:tel|sip|sips|callto|sms|phone):/iu, '')
    .replace(/;phone-context=.*$/iu, '')
    .replace(/@.*$/u, '')
    // Labels: "Mobile: +49 …", "+49 … (work)".
    .replace(/^[\p{L}\s.()]{1,30}:\s*/u, '')
    .replace(/^\(\s*(\+\d{1,3})\s*\)/u, '$1')
    .replace(/\s*\((?!0\))\p{L}[\p{L}\s.]*\)\s*$/u, '')
    .replace(/^\p{L}{1,12}\.?(?:\s+(?=[+(\d])|(?=\+))/u, '')
    .trim()
    .replace(/[.,;#]+$/u, '');
  const [, inner] = extension.exec(value) ?? [];
  if (inner !== undefined) value = value.replace(extension, '').trim();
  if (!/^\+?[\d\s()/.-]*$/u.test(value)) return null;
  const digits = value.replaceAll(/\D/gu, '');
  // A country code alone is no number.
  const min = value.startsWith('+') ? 7 : 3;
  if (digits.length < min || digits.length > 17 || /^0+$/u.test(digits)) return null;
  const found = (inner === undefined ? value : `${value} x${inner}`).replaceAll(/\s+/gu, ' ');
  return found.length > limits.phone ? null : found;
}

/**
 * Reads the telephone number of a cell, with its extension as `x12`. Of several numbers the first that is one counts. Null if there is none.
 */
export function readPhone(text: string): string | null {
  if (isSimplePhone.test(text) && !/^[0 ]*$/u.test(text)) return text;
  const value = asciiDigits(text.normalize('NFKC'))
    .replaceAll(/[\n\r]+/gu, ';')
    .replaceAll(blanks, ' ')
    .replaceAll(invisible, '')
    .replaceAll(dashes, '-');
  const whole = value.replaceAll(/;ext=/giu, ' ext. ');
  for (const part of whole.split(
    /[;|]|,(?!\s*(?:ext|x\d|dw|durchwahl))|\s\/\s(?=\s*[+(0])|\/(?=\s*\+)|\s+(?:or|oder|ou|o|und|and)\s+|\s(?=\+\d)/iu,
  )) {
    const found = readOnePhone(part);
    if (found !== null) return found;
  }
  return null;
}
