/** Signs in employee numbers that people leave out or replace when they say or type the number. */
const separators = ['-', '.', ' ', '/', '_', '#', '\u2010', '\u2013'];

/** A number in normal form without the signs between its parts: `a-00123` becomes `a00123`. */
export const bareNumber = (key: string): string =>
  separators.reduce((bare, sign) => bare.replaceAll(sign, ''), key);

/** {@link bareNumber} of the employee number in SQL, as its index is declared (migration 0080). */
export const bareEmployeeNumber = separators.reduce(
  (bare, sign) => `replace(${bare}, '${sign}', '')`,
  'employee_number_key',
);

/** The accounts in the index: those whose number has such a sign. */
export const hasSeparators = `${bareEmployeeNumber} <> employee_number_key`;
