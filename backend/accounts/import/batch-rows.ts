import type { AccountRow } from '../../directories/directory.ts';
import type { Home } from './home.ts';

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
  'starts_at',
  'email_changed_at',
  'phone_changed_at',
  'source',
  'source_id',
  'source_id_key',
] as const;
export type ImportedRow = { [C in (typeof importedColumns)[number]]: AccountRow[C] };

/** A row of `import_rows` without its import. */
export interface StoredRow {
  readonly line: number;
  readonly kind: string;
  readonly account_id: string | null;
  readonly data: string | null;
  readonly fields: string | null;
}

/** The statements of a batch of a thousand rows: the only place of an import where the databases differ. */
export interface BatchRows {
  insert(rows: readonly ImportedRow[], home: Home, now: number): Promise<void>;
  update(rows: readonly ImportedRow[], now: number): Promise<void>;
  /** Accounts by their ids. */
  byId(ids: readonly string[]): Promise<AccountRow[]>;
  /** Marks the accounts that a complete file contains. */
  markSeen(ids: readonly string[], importId: string): Promise<void>;
  /** Keeps rows until their import is confirmed. */
  stage(importId: string, rows: readonly StoredRow[]): Promise<void>;
  /** Stores the values of accounts before and after the import, by line. */
  keepBefore(importId: string, rows: readonly { line: number; before: string }[]): Promise<void>;
}
