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

export interface ImportRefusalsTable {
  import_id: string;
  line: number;
  reason: string;
  detail: string;
}
