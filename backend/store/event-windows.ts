import { networkOf } from '../network/addresses.ts';
import type { AuditEvent, Origin } from './append-event.ts';
import type { Store } from './store.ts';

/** An event that may happen very often. */
interface Frequent {
  /** Events with the same key are counted together. */
  readonly key: string;
  readonly origin: Origin;
  readonly event: AuditEvent;
  /** How many of a window are recorded one by one; 1 by default. */
  readonly first?: number;
}

/**
 * Records frequent events without letting a client fill the audit log: the first ones of a window are recorded, the others are counted, and the count
 * is recorded as `further` when the window ends. Counts are kept in memory, so a crash loses a count but not the event.
 */
export interface EventWindows {
  record(frequent: Frequent): Promise<void>;
  /** The same for clients without a session, for each network; all networks beyond the first 64 share a count. */
  recordStranger(frequent: Frequent): Promise<void>;
  /** Records the counts of the windows that have ended. */
  sweep(): Promise<void>;
  /** Records all counts. */
  settle(): Promise<void>;
}

/** Milliseconds of a window. */
const windowMs = 10 * 60_000;
/** Networks that are counted separately at a time. */
const maxNetworks = 64;

interface Window {
  readonly origin: Origin;
  readonly event: AuditEvent;
  readonly until: number;
  readonly ofStranger: boolean;
  recorded: number;
  further: number;
}

export function createEventWindows({
  store,
  now,
}: {
  readonly store: Pick<Store, 'change'>;
  readonly now: () => number;
}): EventWindows {
  const windows = new Map<string, Window>();
  let strangers = 0;

  const write = ({ origin, event }: Pick<Window, 'origin' | 'event'>, further?: number) =>
    store.change(origin, (_tx, record) =>
      record(further === undefined ? event : { ...event, facts: { ...event.facts, further } }),
    );
  /** Ends a window and records its count. */
  const close = async (key: string, window: Window): Promise<void> => {
    windows.delete(key);
    if (window.ofStranger) strangers -= 1;
    if (window.further > 0) await write(window, window.further);
  };
  const closeAll = async (isDue: (window: Window) => boolean): Promise<void> => {
    for (const [key, window] of windows) if (isDue(window)) await close(key, window);
  };
  const add = async ({ key, origin, event, first = 1 }: Frequent, ofStranger: boolean): Promise<void> => {
    const before = windows.get(key);
    if (before && now() < before.until) {
      if (before.recorded >= first) {
        before.further += 1;
        return;
      }
      before.recorded += 1;
      await write({ origin, event });
      return;
    }
    // Synchronous up to the first write, so that concurrent events are counted rather than recorded.
    const closing = before ? close(key, before) : null;
    const window = { origin, event, until: now() + windowMs, ofStranger, recorded: 1, further: 0 };
    windows.set(key, window);
    if (ofStranger) strangers += 1;
    await closing;
    await write(window);
  };

  return {
    record: (frequent) => add(frequent, false),
    recordStranger: ({ key, origin, ...event }) => {
      const network = origin.clientAddress === null ? '' : networkOf(origin.clientAddress);
      const own = `${key} network ${network}`;
      const isCounted = windows.has(own) || strangers < maxNetworks;
      return add(
        isCounted
          ? { ...event, key: own, origin }
          : {
              ...event,
              key: `${key} other networks`,
              origin: { ...origin, clientAddress: null, client: null },
            },
        true,
      );
    },
    sweep: () => closeAll(({ until }) => until <= now()),
    settle: () => closeAll(() => true),
  };
}
