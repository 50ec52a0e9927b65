import type { Generated } from 'kysely';
import type { Flag, Instant } from './columns.ts';

export interface ImportsTable {
  id: string;
  operator_id: string;
  file_name: string;
  mapping: string;
  state: string;
  bytes_total: number | null;
  bytes_read: number;
  rows: number;
  created: number;
  changed: number;
  unchanged: number;
  refused: number;
  started_at: Instant;
  ended_at: Instant | null;
  failure: string | null;
  source: Generated<string>;
  /** The file has every account of its source: accounts that are missing from it are closed. */
  complete: Generated<Flag>;
  held: Generated<number>;
  closed: Generated<number>;
  /** Rows that have been applied so far. */
  applied: Generated<number>;
  /** Accounts that an undo restored, and those that it left unchanged because they had changed again. */
  restored: Generated<number>;
  kept: Generated<number>;
  analysed_at: Generated<Instant | null>;
  confirmed_at: Generated<Instant | null>;
  confirmed_by: Generated<string | null>;
  undone_at: Generated<Instant | null>;
  /** What the rows would change, by kind, as JSON. */
  analysis: Generated<string | null>;
}

/** A row of a file with its effect; kept until its import can no longer be undone. */
export interface ImportRowsTable {
  import_id: string;
  /** The line of the file; negative for accounts that are missing from it. */
  line: number;
  kind: string;
  /** The account that the row is about. For a new account, its future id. */
  account_id: string | null;
  /** The row's values, as JSON; null once they are no longer needed. */
  data: string | null;
  /** The changed fields for display, as JSON. */
  fields: string | null;
  /** The account's columns before and after the row was applied, as JSON. */
  before: string | null;
}

export interface ImportWarningsTable {
  import_id: string;
  reason: string;
  field: string;
  value: string;
  rows: number;
  first_line: number;
}

/** A row that contradicts stored data about a person, and waits for a decision. */
export interface HeldRowsTable {
  id: string;
  import_id: string;
  source: string;
  line: number;
  reason: string;
  /** The row's values, as JSON. */
  data: string;
  /** The id in the row's source, and its normal form; null for none, and in rows that were decided before these columns existed. */
  source_id: Generated<string | null>;
  source_id_key: Generated<string | null>;
  /** The fields that the file contained, as JSON. */
  has: string;
  /** The account that the row contradicts; null if it contradicts another row alone. */
  account_id: string | null;
  /** Another account, to which the row's id or employee number belongs. */
  match_id: string | null;
  /** Equal for the same row of the next file, so that it is not held twice. */
  row_key: string;
  state: string;
  held_at: Instant;
  decided_at: Instant | null;
  decided_by: string | null;
  decision_reason: string | null;
}

/** An announced change of many accounts' contact data, which is therefore neither suspicious nor worth a mail to each owner. */
export interface KnownChangesTable {
  id: string;
  kind: string;
  from_value: string;
  to_value: string;
  reason: string;
  announced_by: string;
  announced_at: Instant;
  until: Instant;
  withdrawn_at: Instant | null;
}

/** The mapping of a file's columns, by its header. */
export interface ImportMappingsTable {
  header_key: string;
  mapping: string;
  used_at: Instant;
}

export interface ImportRefusalsTable {
  import_id: string;
  line: number;
  reason: string;
  detail: string;
}
