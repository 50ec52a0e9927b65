import type { ImportField } from '../../../shared/api/import-file.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { PhoneReader } from '../../text/phone-numbers.ts';
import { isNotStarted } from '../statuses.ts';
import { withoutZeros } from '../identity/decide-identity.ts';
import { contactChanges } from './account-changes.ts';
import { importedColumns, type ImportedRow } from './batch-rows.ts';
import type { ContactAge } from './contact-age.ts';
import type { Home } from './home.ts';
import { isKnownChange, isMoved, type KnownChange } from './known-change.ts';
import type { StagedRow } from './staged-row.ts';

/** The columns that each field of the file sets. */
const columnsOf = {
  userName: ['user_name', 'user_name_key'],
  displayName: ['display_name'],
  email: ['email', 'email_key'],
  phone: ['phone', 'phone_digits', 'phone_reversed'],
  employeeNumber: ['employee_number', 'employee_number_key'],
  department: ['department'],
  manager: ['manager'],
  tier: ['tier'],
  startsAt: ['starts_at'],
  expiresAt: ['expires_at'],
} as const;
/** Values that an account keeps when a row comes from a second source. */
const ofFirstSource: Readonly<Partial<Record<string, 'user_name' | 'employee_number'>>> = {
  userName: 'user_name',
  employeeNumber: 'employee_number',
};

/** What a merge depends on in addition to the row and the account. */
export interface MergeRules {
  /** The fields that the file has. */
  readonly has: ReadonlySet<ImportField>;
  readonly source: string;
  readonly home: Home;
  readonly readPhone: PhoneReader;
  readonly knownChanges: readonly KnownChange[];
  /** Absent if the source does not tell when contact data was changed. */
  readonly contactAge?: ContactAge;
  /** Milliseconds. */
  readonly now: number;
}

/** A new account. The backend makes its `id`, which never comes from the source. */
export function createdRow(row: StagedRow, id: string, { source, contactAge, now }: MergeRules): ImportedRow {
  const { locked, line: _line, unread: _unread, ...fresh } = row;
  const age = contactAge?.(row, null);
  return {
    ...fresh,
    id,
    source,
    failed_sign_ins: 0,
    locked_since: locked === 1 ? now : null,
    email_changed_at: row.email === null ? null : (age?.email ?? null),
    phone_changed_at: row.phone === null ? null : (age?.phone ?? null),
  };
}

/** A row merged into an account, and which contact data it really changes. */
export interface Merged {
  readonly after: ImportedRow;
  readonly contact: { readonly email: boolean; readonly phone: boolean };
  /** Whether the change of the address or number was announced. */
  readonly isKnown: boolean;
  /** Whether the user name has only moved to an announced domain. */
  readonly isNameKnown: boolean;
}

const hasLostZeros = (
  { employee_number_key: number }: StagedRow,
  { employee_number_key: before }: AccountRow,
): boolean =>
  number !== null &&
  before !== null &&
  number.length < before.length &&
  withoutZeros(number) === withoutZeros(before);

/** Merges a row into an account. Fields without a column in the file stay unchanged; credentials are not touched. */
export function mergeRow(
  row: StagedRow,
  before: AccountRow,
  { addsId, fromOtherSource }: { readonly addsId: boolean; readonly fromOtherSource: boolean },
  rules: MergeRules,
): Merged {
  const { has, now } = rules;
  const after = Object.fromEntries(importedColumns.map((column) => [column, before[column]])) as ImportedRow;
  const writable: Record<string, unknown> = after;
  const isUnread = (field: ImportField): boolean => row.unread?.includes(field) ?? false;
  const hasStatus = has.has('status') && !isUnread('status');
  for (const [field, columns] of Object.entries(columnsOf)) {
    const isNamed = field === 'displayName' && (has.has('givenName') || has.has('familyName'));
    if ((!has.has(field as ImportField) && !isNamed) || isUnread(field as ImportField)) continue;
    const own = ofFirstSource[field];
    if (fromOtherSource && own !== undefined && before[own] !== null) continue;
    // The spreadsheet that dropped zeros must not drop them from the account.
    if (field === 'employeeNumber' && hasLostZeros(row, before)) continue;
    // A first day that is past is not stored, and its passing is no change.
    if (field === 'startsAt' && row.starts_at === null && !isNotStarted(before, now)) continue;
    for (const column of columns) writable[column] = row[column];
  }
  if (has.has('localPassword') || hasStatus) after.local_password = row.local_password;
  if (hasStatus) {
    // If an operator disabled an account by hand, only an operator can enable it again.
    after.disabled = before.hand_disabled_at === null ? row.disabled : 1;
    if (row.expires_at !== null && (before.expires_at === null || before.expires_at > now))
      after.expires_at = row.expires_at;
  }
  // Reopens the account of a person who is in the source again.
  if (before.closed_at !== null && !hasStatus && before.hand_disabled_at === null) after.disabled = 0;
  if (addsId && before.source_id_key === null) {
    after.source_id = row.source_id;
    after.source_id_key = row.source_id_key;
  }
  if (row.locked === 1 && after.locked_since === null) {
    after.locked_since = now;
    after.failed_sign_ins = 0;
  }
  const contact = contactChanges(before, after, rules.readPhone);
  const isKnown = isKnownChange(before, after, contact, rules.knownChanges);
  const age = contact.email || contact.phone ? rules.contactAge?.(row, before.id) : undefined;
  if (contact.email && !isKnown) after.email_changed_at = age?.email ?? now;
  if (contact.phone && !isKnown) after.phone_changed_at = age?.phone ?? now;
  const isNameKnown = isMoved(before.user_name_key, after.user_name_key, rules.knownChanges);
  return { after, contact, isKnown, isNameKnown };
}
