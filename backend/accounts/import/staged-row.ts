import { sourceIdKey } from '../../text/source-id.ts';
import type { PhoneReader } from '../../text/phone-numbers.ts';
import type { IdentityKeys } from '../identity/decide-identity.ts';
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
    phone_reversed: digits === null ? null : [...digits].toReversed().join(''),
    source_id: id,
    source_id_key: sourceIdKey(source, id),
  };
}

/** The keys of a row for the identity rule. */
export const identityKeysOf = (row: StagedRow, source: string): IdentityKeys => ({
  source,
  sourceIdKey: row.source_id_key,
  employeeNumberKey: row.employee_number_key,
  userNameKey: row.user_name_key,
  emailKey: row.email_key,
  phoneDigits: row.phone_digits,
  displayName: row.display_name,
});
