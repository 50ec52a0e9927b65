import { sourceIdKey } from '../../text/source-id.ts';
import type { PhoneReader } from '../../text/phone-numbers.ts';
import type { IdentityKeys } from '../identity/decide-identity.ts';
import type { Home } from './home.ts';
import { formerUserName, type KnownChange } from './known-change.ts';
import type { ReadAccount } from './read-account.ts';

/** A row in normal form, as it is kept between the reading of a file and the confirmation of its import. */
export interface StagedRow extends Omit<ReadAccount, 'id' | 'warnings'> {
  readonly source_id: string | null;
  readonly source_id_key: string | null;
}

/** What kind of change a row makes. `closed` is an account that is missing from a complete file. */
export type StagedKind = 'new' | 'changed' | 'unchanged' | 'held' | 'refused' | 'closed';

/** Brings a row into normal form. */
export function stageRow(
  { id, warnings: _warnings, ...row }: ReadAccount,
  source: string,
  readPhone: PhoneReader,
): StagedRow {
  const digits = readPhone(row.phone)?.digits ?? null;
  return {
    ...row,
    phone_digits: digits,
    phone_reversed: backwards(digits),
    source_id: id,
    source_id_key: sourceIdKey(source, id),
  };
}

const backwards = (digits: string | null): string | null =>
  digits === null ? null : [...digits].toReversed().join('');

/** The stored values in their order. Values that follow from others are left out. */
const packedColumns = [
  'line',
  'user_name',
  'user_name_key',
  'display_name',
  'email',
  'email_key',
  'phone',
  'phone_digits',
  'employee_number',
  'employee_number_key',
  'department',
  'manager',
  'tier',
  'disabled',
  'locked',
  'local_password',
  'expires_at',
  'source_id',
  'source_id_key',
  'unread',
  // Last, because rows that an older version stored end before it.
  'starts_at',
] as const satisfies readonly (keyof StagedRow)[];

/** Converts a row to its stored form: values by position, because column names would be most of the data. */
export const packRow = (row: StagedRow): readonly unknown[] =>
  packedColumns.map((column) => row[column] ?? null);

/** Converts a stored row back. A row stored before this format is an object. */
export function unpackRow(data: string | null): StagedRow {
  const read = JSON.parse(data ?? '{}') as readonly unknown[] | StagedRow;
  if (!Array.isArray(read)) return read as StagedRow;
  const row = Object.fromEntries(
    packedColumns.map((column, at) => [column, read[at]]),
  ) as unknown as StagedRow;
  return {
    ...row,
    phone_reversed: backwards(row.phone_digits),
    ...(row.unread === null && { unread: [] }),
    starts_at: row.starts_at ?? null,
  };
}

/** The keys of a row for the identity rule. */
export const identityKeysOf = (
  row: StagedRow,
  {
    source,
    home,
    knownChanges,
  }: { readonly source: string; readonly home: Home; readonly knownChanges: readonly KnownChange[] },
): IdentityKeys => ({
  directoryId: home.directory_id,
  source,
  sourceIdKey: row.source_id_key,
  employeeNumberKey: row.employee_number_key,
  userNameKey: row.user_name_key,
  formerUserNameKey: formerUserName(row.user_name_key, knownChanges),
  emailKey: row.email_key,
  phoneDigits: row.phone_digits,
  displayName: row.display_name,
});
