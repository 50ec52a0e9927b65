import type { LiveEvent } from '../../../shared/api/live.ts';
import type { EventValue } from '../../../shared/bridge/contract.ts';
import { createBurstLimiter, type BurstLimiter } from '../../limits/burst-limiter.ts';
import type { SetTimer } from '../../services/timers/timers.ts';

interface Collaborators {
  readonly emit: (event: EventValue<'live'>) => void;
  readonly now: () => number;
  readonly setTimer: SetTimer;
}

/** Of each type of event, how many a second reach the page at once, and how many different ones at the end of the second. */
const burst = 5;
const windowMs = 1000;
const maxDifferent = 20;
/** Milliseconds between two announcements that anything may have changed, each of which makes the page read all that it shows. */
const everythingWindowMs = 5000;

/** Null once there are too many to keep. */
type Held = { readonly events: ReadonlyMap<string, LiveEvent> | null };

/**
 * Bounds how often the page is told of changes, since it answers each with requests. Equal events of a second become one, and too many
 * different ones become `caught-up`.
 */
export function createCoalescedEvents({ emit, now, setTimer }: Collaborators): {
  readonly push: (event: LiveEvent) => void;
  readonly announceAll: () => void;
  readonly stop: () => void;
} {
  const everything = createBurstLimiter<null, true>({
    burst: 1,
    windowMs: everythingWindowMs,
    onItem: () => {
      emit({ type: 'caught-up' });
    },
    hold: () => true,
    onHeld: () => {
      emit({ type: 'caught-up' });
    },
    now,
    setTimer,
  });
  const announceAll = () => {
    everything.push(null);
  };
  const limiterOfType = () =>
    createBurstLimiter<LiveEvent, Held>({
      burst,
      windowMs,
      onItem: emit,
      hold: (held, event) => {
        if (held?.events === null) return held;
        const events = new Map(held?.events).set(JSON.stringify(event), event);
        return { events: events.size > maxDifferent ? null : events };
      },
      onHeld: ({ events }) => {
        if (events === null) announceAll();
        else for (const event of events.values()) emit(event);
      },
      now,
      setTimer,
    });
  const limiters = new Map<LiveEvent['type'], BurstLimiter<LiveEvent>>();
  return {
    push: (event) => {
      const limiter = limiters.get(event.type) ?? limiterOfType();
      limiters.set(event.type, limiter);
      limiter.push(event);
    },
    announceAll,
    stop: () => {
      everything.stop();
      for (const limiter of limiters.values()) limiter.stop();
    },
  };
}
