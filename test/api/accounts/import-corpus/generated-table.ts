import { preview, rowsOf } from './describe-import.ts';

/** The display names that an import of the file reads; a row without an account is given as JSON. */
export const namesOf = async (bytes: Buffer): Promise<string[]> => {
  const { mapping } = await preview(bytes);
  const rows = await rowsOf(bytes, mapping);
  return rows.map((row) => ('account' in row ? row.account.display_name : JSON.stringify(row)));
};

/** A CSV file of people with these display names. */
export const table = (names: readonly string[], lineEnd = '\r\n'): string =>
  ['User name;Display name;E-mail', ...names.map((name, at) => `u${at};${name};u${at}@example.com`), ''].join(
    lineEnd,
  );
