import { connectionFailure } from '../../outbound/connection-failure.ts';
import type { Checkpoint } from '../../store/checkpoint.ts';
import type { AuditEventsTable } from '../../store/tables.ts';

/**
 * What is sent at once: events in order, and the newest signature over the log up to one of these events or an earlier one, unless it was sent
 * before.
 */
export interface Batch {
  readonly events: readonly AuditEventsTable[];
  readonly checkpoint: Checkpoint | null;
}

/** Resolves once the receiver has accepted the whole batch, and throws otherwise. */
export type Send = (batch: Batch, signal: AbortSignal) => Promise<void>;

/** For one batch, from connecting to the receiver's acknowledgement. */
export const timeoutMs = 15_000;

/** Why the receiver accepted nothing, in at most 300 characters; for an error without a text of its own, its message and code. */
export function troubleOf(thrown: unknown): string {
  const failure = connectionFailure(thrown);
  if (failure !== undefined) return failure;
  if (!(thrown instanceof Error)) return 'for an unknown reason';
  const code = 'code' in thrown && typeof thrown.code === 'string' ? ` (${thrown.code})` : '';
  return `${thrown.message}${code}`.slice(0, 300);
}
