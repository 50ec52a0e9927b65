import type { PasswordTrace } from './external-directory.ts';

/** What was known right before the write of a temporary password. */
export interface BeforeWrite {
  /** The server that was read and would get the write; null if none was read. */
  readonly server: string | null;
  /** By the directory's clock. */
  readonly passwordSetAt: number | null;
  /** When the write was about to be sent, by this server's clock. */
  readonly at: number;
}

export type LostWrite =
  | { readonly verdict: 'set'; readonly passwordSetAt: number }
  /** `too-early`: the server may still do the write. */
  | { readonly verdict: 'not-set' | 'too-early' | 'unknown' };

/** Milliseconds after which a server no longer does a write whose sender has ended. */
const inFlightMs = 15_000;
/** Milliseconds from the intent to the server's write, with the time limits for connecting and for the answer. */
const longestWriteMs = 20_000;
/** Milliseconds by which a measured clock may be wrong: times of directories have whole seconds, and answers take time. */
const clockErrorMs = 3000;

/**
 * Whether a write whose answer was lost was done. Only what no other change explains is conclusive:
 *
 * - The password has a new date and must be changed, and either the directory says that the service account set it, or the date is within the time in
 *   which the write could arrive, by the clock of the server that would have got it.
 * - That server has the old date, and the write could no longer arrive. If the old password had to be changed as well, its date must be clearly older
 *   than the intent, since two passwords of one second have equal dates.
 */
export function judgeLostWrite(before: BeforeWrite, trace: PasswordTrace, now: number): LostWrite {
  const { passwordSetAt, mustChange, isOwn, clockAhead } = trace;
  if (before.server === null || passwordSetAt === null) return { verdict: 'unknown' };
  const isSameServer = before.server === trace.server;
  /** The time by the directory's clock at which the write was about to be sent. */
  const intendedAt = clockAhead === null ? null : before.at + clockAhead;
  if (passwordSetAt !== before.passwordSetAt) {
    if (!mustChange || isOwn === false) return { verdict: 'unknown' };
    const isInTime =
      isSameServer &&
      intendedAt !== null &&
      passwordSetAt >= intendedAt - clockErrorMs &&
      passwordSetAt <= intendedAt + longestWriteMs + clockErrorMs;
    return isOwn === true || isInTime ? { verdict: 'set', passwordSetAt } : { verdict: 'unknown' };
  }
  const isOldDate =
    !mustChange || isOwn === false || (intendedAt !== null && passwordSetAt < intendedAt - clockErrorMs);
  if (!isSameServer || !isOldDate) return { verdict: 'unknown' };
  return { verdict: now - before.at < inFlightMs ? 'too-early' : 'not-set' };
}
