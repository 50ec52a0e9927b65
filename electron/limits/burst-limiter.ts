interface Collaborators<Item, Held> {
  /** How many items pass at once in each window. */
  readonly burst: number;
  readonly windowMs: number;
  readonly onItem: (item: Item) => void;
  /** Adds an item to those that are held back; null before the first. It decides how much of them is kept. */
  readonly hold: (held: Held | null, item: Item) => Held;
  /** Called with what was held back, once at the end of a window. */
  readonly onHeld: (held: Held) => void;
  readonly now: () => number;
  /** Runs `work` once after the given number of milliseconds. The returned function cancels it. */
  readonly setTimer: (milliseconds: number, work: () => void) => () => void;
}

export interface BurstLimiter<Item> {
  readonly push: (item: Item) => void;
  /** Drops what is held back. */
  readonly stop: () => void;
}

/**
 * Passes a small number of items on at once and holds the rest of a window back. After a window with held items nothing passes at once
 * until a whole window was quiet, so that a flood costs one `onHeld` a window.
 */
export function createBurstLimiter<Item, Held>({
  burst,
  windowMs,
  onItem,
  hold,
  onHeld,
  now,
  setTimer,
}: Collaborators<Item, Held>): BurstLimiter<Item> {
  let startedAt = -Infinity;
  let passed = 0;
  let held: Held | null = null;
  let cancel: () => void = () => undefined;

  const flush = () => {
    const batch = held;
    held = null;
    startedAt = now();
    passed = burst;
    if (batch !== null) onHeld(batch);
  };
  return {
    push: (item) => {
      const elapsed = now() - startedAt;
      // A clock that was set back starts a new window, too.
      if (held === null && (elapsed >= windowMs || elapsed < 0)) {
        startedAt = now();
        passed = 0;
      }
      if (held === null && passed < burst) {
        passed += 1;
        onItem(item);
        return;
      }
      if (held === null) cancel = setTimer(Math.max(0, windowMs - (now() - startedAt)), flush);
      held = hold(held, item);
    },
    stop: () => {
      cancel();
      held = null;
    },
  };
}
