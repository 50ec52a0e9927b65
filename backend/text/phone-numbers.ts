import type { CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** The normal form of the content of an account's phone field. */
export interface PhoneForm {
  /**
   * Every number in E.164, its extension after `;ext=`, in the field's order and separated by blanks: `+491515550110 +4930123456;ext=12`. A number whose
   * country is not known is its plain digits.
   */
  readonly key: string;
  /** The digits of the first number, without its extension; what a search compares. */
  readonly digits: string;
}

/** Reads a phone field. Returns null for an empty one. */
export type PhoneReader = (text: string | null) => PhoneForm | null;

interface Library {
  readonly parse: typeof parsePhoneNumberFromString;
  readonly country: CountryCode | undefined;
}

/** Shorter numbers are extensions of the organisation's own exchange, or emergency numbers. */
const longestInternal = 6;
/** An international number without brackets or a trunk zero, which needs no table of countries. */
const plainInternational = /^\+[1-9][\d\s.-]*$/u;
const trunkZero = /^\+\d{1,3}[\s.-]*0/u;
const digitsOf = (text: string): string => text.replaceAll(/\D/gu, '');

/** ASCII digits, one kind of plus and of dash, and no invisible characters or `tel:`. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replaceAll(/\p{Nd}/gu, (digit) => asciiDigit(digit))
    .replaceAll(/\p{Pd}/gu, '-')
    .replace(/^\s*tel:/iu, '')
    .trim();

/** The digit of any script as one of ASCII. Unicode encodes the ten digits of a script next to each other, and each block of ten starts at its zero. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  if (code < 0x80) return digit;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}

/** The numbers of a field that has several: separated by `;`, `,`, `|`, a line, or a slash between blanks. */
const split = (text: string): string[] =>
  text
    .split(/[;,|\n]+(?!\s*ext)|\s\/\s/iu)
    .map((part) => part.trim())
    .filter((part) => /\d/u.test(part));

function readOne(text: string, { parse, country }: Library): { number: string; extension: string } {
  const international = text.replace(/^00(?=[1-9])/u, '+');
  if (plainInternational.test(international) && !trunkZero.test(international))
    return { number: `+${digitsOf(international)}`, extension: '' };
  const digits = digitsOf(text);
  const isInternal = digits.length <= longestInternal && !/^[+0]/u.test(international);
  const parsed = isInternal ? undefined : parse(international, country);
  if (parsed?.isPossible() === true) return { number: parsed.number, extension: parsed.ext ?? '' };
  const [, main = text, extension = ''] = /^(.*?)\s*(?:;?\s*ext\.?\s*=?|x|#)\s*(\d+)\s*$/iu.exec(text) ?? [];
  return { number: digitsOf(main), extension };
}

/**
 * Makes a reader for numbers without a country code, as written in `country` (ISO 3166, such as `DE`; empty if unknown). The library is loaded with
 * the first reader, to keep the start of the backend fast.
 */
export async function loadPhoneReader(country: string): Promise<PhoneReader> {
  const { parsePhoneNumberFromString: parse, isSupportedCountry } = await import('libphonenumber-js/min');
  const library: Library = { parse, country: isSupportedCountry(country) ? country : undefined };
  return (text) => {
    if (text === null || text.trim() === '') return null;
    const numbers = split(plain(text)).map((part) => readOne(part, library));
    const [first] = numbers;
    if (first === undefined) return null;
    const key = numbers
      .map(({ number, extension }) => `${number}${extension && `;ext=${extension}`}`)
      .join(' ');
    return { key, digits: digitsOf(first.number) };
  };
}

const national = (number: string): string => number.replace(/^0+/u, '');

/** Whether two numbers are the same. A number without its country equals the international number that ends with it. */
function isSameNumber(one: string, other: string): boolean {
  if (one === other) return true;
  const [oneIsWhole, otherIsWhole] = [one.startsWith('+'), other.startsWith('+')];
  if (oneIsWhole === otherIsWhole) return !oneIsWhole && national(one) === national(other);
  const [whole, part] = oneIsWhole ? [one, other] : [other, one];
  const [, wholeExtension = ''] = whole.split(';ext=');
  const [end = '', partExtension = ''] = part.split(';ext=');
  const rest = national(end);
  const wholeDigits = whole.split(';')[0] ?? '';
  // A country code has one to three digits, and the number must have kept its trunk zero: `5550110` alone may belong to any town.
  const codeLength = wholeDigits.length - 1 - rest.length;
  return (
    end.startsWith('0') &&
    wholeDigits.endsWith(rest) &&
    rest.length > longestInternal &&
    codeLength >= 1 &&
    codeLength <= 3 &&
    wholeExtension === partExtension
  );
}

/** Whether two phone fields contain the same numbers in the same order, in any notation. */
export function isSamePhone(one: PhoneForm | null, other: PhoneForm | null): boolean {
  if (one === null || other === null) return one === other;
  const [ones, others] = [one.key.split(' '), other.key.split(' ')];
  return ones.length === others.length && ones.every((number, at) => isSameNumber(number, others[at] ?? ''));
}
