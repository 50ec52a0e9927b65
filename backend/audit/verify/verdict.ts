import type { FaultKind } from '../../../shared/api/audit.ts';
import type { AuditEventsTable } from '../../store/tables.ts';
import type { Checkpoint } from '../../store/checkpoint.ts';

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

/** Events that are missing and declared so by a signed event, after an older copy of the database was deliberately restored. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  /** The time of the declaration, in milliseconds. */
  readonly at: number;
}

export interface Verdict {
  /** The number of events before the fault, or of all events. */
  readonly events: number;
  /** The last good event; null for an empty log. */
  readonly head: Position | null;
  /** The last event that a signed checkpoint covers; null without a checkpoint. */
  readonly signedUpTo: number | null;
  readonly gaps: readonly Gap[];
  readonly fault: Fault | null;
}

/** A log to verify. It can be read several times, in stored order. */
export interface ChainSource {
  /** Events after number `after`, in stored order. */
  events(after: number): AsyncIterable<AuditEventsTable>;
  /** What happened to an event that was good before: `cut-off` or `rewritten`; null if it is unchanged. */
  faultAt(position: Position): Promise<Fault | null>;
  /** In the order of their numbers. */
  checkpoints(after: number): Promise<readonly Checkpoint[]>;
}

export const fault = (kind: FaultKind, seq: number, to = seq): Fault => ({ kind, seq, to });
