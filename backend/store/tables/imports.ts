import type { Instant } from './columns.ts';

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
}

/** How the columns of a file were mapped, by its header. */
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
