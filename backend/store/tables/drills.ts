import type { Instant } from './columns.ts';

/** What a finished drill was worth. Its callers can be had again from the seed. */
export interface DrillsTable {
  id: string;
  operator_id: string;
  seed: number;
  /** calm or raised-alert */
  scene: string;
  callers: number;
  /** Of 100. */
  score: number;
  finished_at: Instant;
}
