import type { Flag, Instant } from './columns.ts';

export interface SettingsTable {
  name: string;
  /** JSON; sealed values are encrypted with the data folder's key. */
  value: string;
  sealed: Flag;
  changed_at: Instant;
}

export interface PoliciesTable {
  version: number;
  document: string;
  changed_at: Instant;
  changed_by: string | null;
}
