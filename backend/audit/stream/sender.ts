import { connectionFailure } from '../../outbound/connection-failure.ts';
import type { AuditEventsTable } from '../../store/tables.ts';

/** Sends events in order; resolves once the receiver has accepted all of them, and throws otherwise. */
export type Send = (events: readonly AuditEventsTable[], signal: AbortSignal) => Promise<void>;

/** For one batch, from connecting to the receiver's acknowledgement. */
export const timeoutMs = 15_000;

/** Why nothing was accepted, in at most 300 characters; for an error without words of its own, its message and code. */
export function troubleOf(thrown: unknown): string {
  const failure = connectionFailure(thrown);
  if (failure !== undefined) return failure;
  if (!(thrown instanceof Error)) return 'for an unknown reason';
  const code = 'code' in thrown && typeof thrown.code === 'string' ? ` (${thrown.code})` : '';
  return `${thrown.message}${code}`.slice(0, 300);
}
