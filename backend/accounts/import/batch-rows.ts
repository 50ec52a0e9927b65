import type { AccountRow } from '../../directories/directory.ts';

/** The columns of an account that an import writes. */
export const importedColumns = [
  'id',
  'user_name',
  'user_name_key',
  'display_name',
  'email',
  'email_key',
  'phone',
  'phone_digits',
  'phone_reversed',
  'employee_number',
  'employee_number_key',
  'department',
  'manager',
  'tier',
  'disabled',
  'local_password',
  'locked_since',
  'failed_sign_ins',
  'expires_at',
  'email_changed_at',
  'phone_changed_at',
] as const;
export type ImportedRow = { [C in (typeof importedColumns)[number]]: AccountRow[C] };

/** The statements of a batch of a thousand rows: the only place of an import where the databases differ. */
export interface BatchRows {
  /** Accounts with one of these keys or ids. */
  existing(userNameKeys: readonly string[], ids: readonly string[]): Promise<AccountRow[]>;
  insert(rows: readonly ImportedRow[], by: { now: number; importId: string }): Promise<void>;
  update(rows: readonly ImportedRow[], now: number): Promise<void>;
  markSeen(ids: readonly string[], importId: string): Promise<void>;
}
