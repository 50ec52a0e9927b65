import { sql, type RawBuilder } from 'kysely';
import { numberSigns } from '../text/bare-number.ts';

/** The employee number without the signs between its parts in SQL, as its index is declared (migration 0080). */
export const bareEmployeeNumber = numberSigns.reduce(
  (bare, sign) => `replace(${bare}, '${sign}', '')`,
  'employee_number_key',
);

/** The accounts in the index: those whose number has such a sign. */
export const hasSeparators = `${bareEmployeeNumber} <> employee_number_key`;

/** The condition that an account's number is one of these, with or without such signs. */
export const hasNumber = (bare: readonly string[]): RawBuilder<boolean> => sql<boolean>`
  (employee_number_key in (${sql.join(bare)})
    or (${sql.raw(hasSeparators)} and ${sql.raw(bareEmployeeNumber)} in (${sql.join(bare)})))`;
