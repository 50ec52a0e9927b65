import type { AuditEventsTable } from '../../store/tables.ts';
import type { Checkpoint } from '../../store/checkpoint.ts';

/**
 * What was done to a log. `altered`: the content of an event was changed. `removed`, `inserted`, `reordered`: events were. `cut-off`: the end is missing.
 * `rewritten`: events were changed and all later hashes recomputed, which only a checkpoint reveals.
 * `checkpoint`: a checkpoint is missing or not signed by the key. `file`: the file itself, not its events, was changed.
 */
export const faultKinds = [
  'altered',
  'removed',
  'inserted',
  'reordered',
  'cut-off',
  'rewritten',
  'checkpoint',
  'file',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** The first fault: event `seq`, or events `seq` to `to`. */
export interface Fault {
  readonly kind: FaultKind;
  readonly seq: number;
  readonly to: number;
}

export interface Position {
  readonly seq: number;
  readonly hash: string;
}

export interface Verdict {
  /** The number of events before the fault, or of all. */
  readonly events: number;
  /** The last good event; null for an empty log. */
  readonly head: Position | null;
  /** The last event that a signed checkpoint covers; null without a checkpoint. */
  readonly signedUpTo: number | null;
  readonly fault: Fault | null;
}

/** A log to verify. It can be read several times, in stored order. */
export interface ChainSource {
  /** Events after number `after`, in stored order. */
  events(after: number): AsyncIterable<AuditEventsTable>;
  /** In the order of their numbers. */
  checkpoints(after: number): Promise<readonly Checkpoint[]>;
}

export const fault = (kind: FaultKind, seq: number, to = seq): Fault => ({ kind, seq, to });
