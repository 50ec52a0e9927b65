/** Values in memory that expire. The methods do not use `this`, so a caller can pass a single method on. */
export interface ExpiringMap<T> {
  /** Stores a value in place of the previous one. It expires at `until` (milliseconds). */
  readonly set: (key: string, value: T, until: number) => void;
  /** Null for a value that was never held, was deleted or has expired. */
  readonly get: (key: string) => T | null;
  readonly has: (key: string) => boolean;
  readonly delete: (key: string) => void;
  readonly clear: () => void;
  /** Whether the map holds no value. */
  readonly isEmpty: () => boolean;
  /** Drops expired values that nothing has asked for since. */
  readonly sweep: () => void;
}

/** `now` in milliseconds. `onGone` gets each value that was replaced, deleted or has expired, such as a secret to wipe. */
export function createExpiringMap<T>(
  now: () => number,
  onGone: (value: T) => void = () => undefined,
): ExpiringMap<T> {
  const entries = new Map<string, { readonly value: T; readonly until: number }>();
  const drop = (key: string) => {
    const entry = entries.get(key);
    entries.delete(key);
    if (entry) onGone(entry.value);
  };
  const find = (key: string) => {
    const entry = entries.get(key);
    if (entry && entry.until > now()) return entry;
    drop(key);
    return null;
  };
  return {
    set: (key, value, until) => {
      if (entries.get(key)?.value !== value) drop(key);
      entries.set(key, { value, until });
    },
    get: (key) => find(key)?.value ?? null,
    has: (key) => find(key) !== null,
    delete: drop,
    clear: () => {
      for (const key of entries.keys()) drop(key);
    },
    isEmpty: () => {
      for (const key of entries.keys()) find(key);
      return entries.size === 0;
    },
    sweep: () => {
      for (const key of entries.keys()) find(key);
    },
  };
}
