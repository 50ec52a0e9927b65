import { readIdentifier } from '../../shared/typed/identifier.ts';
import { bareNumber, bareNumbers, numbersLike } from './bare-number.ts';
import { identityKey } from './fold.ts';

/** What a step compares, in the order in which they are tried. */
export const identifierColumns = [
  'user_name_key',
  'email_key',
  'employee_number_key',
  'bare_employee_number',
] as const;

/** A comparison with one column of the accounts, or with the employee number without the signs between its parts. */
export interface IdentifierStep {
  readonly column: (typeof identifierColumns)[number];
  readonly keys: readonly string[];
}

/**
 * The steps to find the account that a typed identifier names. They are tried in order, and the first that any account meets decides. A user name
 * comes before an address, an address before an employee number, and the typed text before its forms without a domain, leading zeros or signs between the
 * parts of a number.
 */
export function identifierSteps(typed: string): readonly IdentifierStep[] {
  const { userNames, address, employeeNumbers } = readIdentifier(typed);
  const step = (column: IdentifierStep['column'], keys: readonly string[]): IdentifierStep[] => {
    const known = [...new Set(keys.map(identityKey))].filter((key) => key !== '');
    return known.length === 0 ? [] : [{ column, keys: known }];
  };
  const [literal = '', ...others] = userNames;
  return [
    ...step('user_name_key', [literal]),
    ...step('email_key', address === null ? [] : [address]),
    ...others.flatMap((name) => step('user_name_key', [name])),
    ...employeeNumbers.flatMap((number) => step('employee_number_key', [number])),
    ...step('employee_number_key', employeeNumbers.flatMap(numbersLike)),
    ...step('bare_employee_number', bareNumbers(employeeNumbers.map(identityKey))),
  ];
}

/** The key under which attempts with an identifier are counted, whatever its notation: its address, or its user name without a domain. */
export function identifierKey(typed: string): string {
  const { address, userNames } = readIdentifier(typed);
  return identityKey(address ?? userNames.at(-1) ?? '');
}

/** The part of an identifier that may be kept and shown: without surrounding characters, and without a password that was pasted after it. */
export const identifierText = (typed: string): string => readIdentifier(typed).text;

type Column = Exclude<IdentifierStep['column'], 'bare_employee_number'>;
type Keys = Readonly<Record<Column | 'directory_id', string | null>>;

/** The account's column that a step compares. */
export const columnOf = (column: IdentifierStep['column']): Column =>
  column === 'bare_employee_number' ? 'employee_number_key' : column;

const isOneInEach = (rows: readonly Keys[], column: IdentifierStep['column']): boolean =>
  new Set(rows.map((row) => row.directory_id)).size === rows.length &&
  new Set(rows.map((row) => row[columnOf(column)])).size === 1;

/**
 * The rows that the steps find: at most one in each directory, all with the same value. They are none if the deciding step finds others, such as the
 * accounts of a shared mailbox.
 */
export function followSteps<Row extends Keys>(
  steps: readonly IdentifierStep[],
  rows: readonly Row[],
): readonly Row[] {
  for (const { column, keys } of steps) {
    const met = rows.filter((row) => {
      const key = row[columnOf(column)] ?? '';
      return keys.includes(column === 'bare_employee_number' ? bareNumber(key) : key);
    });
    if (met.length > 0) return isOneInEach(met, column) ? met : [];
  }
  return [];
}
