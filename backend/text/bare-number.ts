/** Signs in employee numbers that people leave out or replace when they say or type the number. */
export const numberSigns = ['-', '.', ' ', '/', '_', '#', '\u2010', '\u2013'];

/** A number in normal form without the signs between its parts: `a-00123` becomes `a00123`. */
export const bareNumber = (key: string): string =>
  numberSigns.reduce((bare, sign) => bare.replaceAll(sign, ''), key);

/** Typed numbers in normal form without these signs. None for names, which have no digit, and for international phone numbers. */
export const bareNumbers = (keys: readonly string[]): readonly string[] => [
  ...new Set(keys.map(bareNumber).filter((number) => /^[^+]*\d/.test(number))),
];

/** Digits up to which employee numbers are compared. */
const longestNumber = 12;

/** A number without leading zeros, and with any number of leading zeros that it may have lost or gained. */
export function numbersLike(number: string): string[] {
  if (!/^\d+$/.test(number) || number.length > longestNumber) return [];
  const bare = number.replace(/^0+(?=\d)/u, '');
  return Array.from({ length: longestNumber - bare.length + 1 }, (_, zeros) => '0'.repeat(zeros) + bare);
}

/** A number without the signs between its parts and without leading zeros, as two lists may each write it; null for names, which have no digit. */
export function looseNumber(key: string): string | null {
  const [bare] = bareNumbers([key]);
  return bare?.replace(/^0+(?=\d+$)/u, '') ?? null;
}
