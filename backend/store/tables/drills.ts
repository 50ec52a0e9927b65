import type { Instant } from './columns.ts';

/** The score of a finished drill. Its callers can be recreated from the seed. */
export interface DrillsTable {
  id: string;
  operator_id: string;
  seed: number;
  /** calm or raised-alert */
  scene: string;
  callers: number;
  /** 0 to 100. */
  score: number;
  finished_at: Instant;
}
