/** Signs in employee numbers that people leave out or replace when they say or type the number. */
export const numberSigns = ['-', '.', ' ', '/', '_', '#', '\u2010', '\u2013'];

/** A number in normal form without the signs between its parts: `a-00123` becomes `a00123`. */
export const bareNumber = (key: string): string =>
  numberSigns.reduce((bare, sign) => bare.replaceAll(sign, ''), key);

/** Typed numbers in normal form without these signs. None for names, which have no digit, and for international phone numbers. */
export const bareNumbers = (keys: readonly string[]): readonly string[] => [
  ...new Set(keys.map(bareNumber).filter((number) => /^[^+]*\d/.test(number))),
];
