import type { AuditEventsTable } from '../../store/tables.ts';

/** Sends events in their order and comes back when the receiver has taken them all; throws otherwise. */
export type Send = (events: readonly AuditEventsTable[], signal: AbortSignal) => Promise<void>;

/** Milliseconds for one batch, from the first packet to the receiver's word. */
export const timeoutMs = 15_000;

/** What went wrong, short enough for a screen; an error of the network has a code that says more than its sentence. */
export function troubleOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'for a reason that is not known';
  const code = 'code' in thrown && typeof thrown.code === 'string' ? ` (${thrown.code})` : '';
  return `${thrown.message}${code}`.slice(0, 300);
}
