import type { DeepLink } from '../../../shared/bridge/deep-link.ts';
import type { Emit } from '../../bridge/emitter.ts';
import { createBurstLimiter } from '../../limits/burst-limiter.ts';
import type { Log } from '../../log/log.ts';
import type { SetTimer } from '../../services/timers/timers.ts';
import type { Session } from '../session/session.ts';
import { parseDeepLink } from './parse-deep-link.ts';

interface Collaborators {
  /** False where the organisation has switched links off. */
  readonly isAllowed: boolean;
  readonly session: Pick<Session, 'assertUsable'>;
  readonly emit: Emit;
  /** Brings the window to the front. */
  readonly raise: () => void;
  readonly log: Log;
  readonly now: () => number;
  readonly setTimer: SetTimer;
}

/** Links that are accepted at once. Of further links in the window, only the last is accepted, when the window ends. */
const burst = 3;
const windowMs = 10_000;
/** Milliseconds for which a link waits for a sign-in or an unlock. */
const waitsForMs = 15 * 60_000;

export interface DeepLinks {
  /** Keeps a link for the page, if it is one, and brings the window to the front. */
  readonly receive: (text: string) => void;
  /** Whether a link waits. It reveals nothing else, so a locked console may ask. */
  readonly isWaiting: () => boolean;
  /** Returns the waiting link and forgets it. Throws `console.signed-out` or `console.locked`; the link then stays. */
  readonly take: () => DeepLink | null;
  /** Drops a waiting link: the operator signed out. */
  readonly forget: () => void;
}

/**
 * Keeps the newest link of another program until the operator is signed in and the console unlocked. A link only opens a screen; it performs no
 * action.
 */
export function createDeepLinks({
  isAllowed,
  session,
  emit,
  raise,
  log,
  now,
  setTimer,
}: Collaborators): DeepLinks {
  let waiting: { readonly link: DeepLink; readonly until: number } | null = null;
  const current = () => (waiting !== null && waiting.until > now() ? waiting.link : null);
  const keep = (link: DeepLink) => {
    waiting = { link, until: now() + waitsForMs };
    raise();
    emit('link', { waiting: true });
  };
  const { push } = createBurstLimiter<DeepLink, DeepLink>({
    burst,
    windowMs,
    onItem: keep,
    hold: (_held, link) => link,
    onHeld: keep,
    now,
    setTimer,
  });
  return {
    receive: (text) => {
      const link = isAllowed ? parseDeepLink(text) : null;
      // The rejected text comes from another program, so it is not logged.
      if (link === null)
        log.warn('link refused', { why: isAllowed ? 'not understood' : 'turned off', length: text.length });
      else push(link);
    },
    isWaiting: () => current() !== null,
    take: () => {
      session.assertUsable();
      const link = current();
      waiting = null;
      return link;
    },
    forget: () => {
      waiting = null;
    },
  };
}
