interface Counted {
  readonly since: number;
  lines: number;
  omitted: number;
}

/** Milliseconds for which lines of one kind are counted before the next one is written. */
const periodMs = 60_000;
/** Kinds that are counted at the same time; a new kind replaces the oldest one. */
const maxKinds = 100;

/**
 * Limits the log to `max` lines a minute of each kind, because every request and every sweep fails with the same message while a database is
 * unreachable. The returned function returns how many lines of the kind were omitted before this one, or null if this one is to be omitted. `now` in
 * milliseconds.
 */
export function createLineLimit(now: () => number = Date.now): (kind: string, max: number) => number | null {
  const kinds = new Map<string, Counted>();
  return (kind, max) => {
    const at = now();
    const known = kinds.get(kind);
    if (known !== undefined && at >= known.since && at < known.since + periodMs) {
      if (known.lines < max) {
        known.lines += 1;
        return 0;
      }
      known.omitted += 1;
      return null;
    }
    kinds.delete(kind);
    const [oldest] = kinds.keys();
    if (kinds.size >= maxKinds && oldest !== undefined) kinds.delete(oldest);
    kinds.set(kind, { since: at, lines: 1, omitted: 0 });
    return known?.omitted ?? 0;
  };
}
