import type { AuditEventsTable } from '../../store/tables.ts';
import type { Checkpoint } from '../../store/checkpoint.ts';

/**
 * What was done to a log. `altered`: an event says something else than when it was written. `removed`, `inserted`, `reordered`: as the words say.
 * `cut-off`: the end is missing. `rewritten`: events were changed and every hash after them made anew, which only a checkpoint shows.
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

/** The first thing that is wrong: event `seq`, or `seq` to `to`. */
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
  /** Events that were read before the fault, or all. */
  readonly events: number;
  /** The last good event; null for an empty log. */
  readonly head: Position | null;
  /** The last event that a signed checkpoint vouches for; null for none. */
  readonly signedUpTo: number | null;
  readonly fault: Fault | null;
}

/** A log to be verified: read in the order in which it is kept, as often as needed. */
export interface ChainSource {
  /** Events behind `after`, in stored order. */
  events(after: number): AsyncIterable<AuditEventsTable>;
  /** By seq. */
  checkpoints(after: number): Promise<readonly Checkpoint[]>;
}

export const fault = (kind: FaultKind, seq: number, to = seq): Fault => ({ kind, seq, to });
