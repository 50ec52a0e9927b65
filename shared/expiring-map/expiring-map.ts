/** Values that are gone after their time, in memory alone. The methods need no `this`, so that one of them can be handed on. */
export interface ExpiringMap<T> {
  /** Holds a value in place of the one before. `until` in milliseconds; at that moment it is gone. */
  readonly set: (key: string, value: T, until: number) => void;
  /** Null for a value that was never held, was deleted or has expired. */
  readonly get: (key: string) => T | null;
  readonly has: (key: string) => boolean;
  readonly delete: (key: string) => void;
  readonly clear: () => void;
  /** Drops expired values that nothing has asked for since. */
  readonly sweep: () => void;
}

/** `now` in milliseconds. */
export function createExpiringMap<T>(now: () => number): ExpiringMap<T> {
  const entries = new Map<string, { readonly value: T; readonly until: number }>();
  const find = (key: string) => {
    const entry = entries.get(key);
    if (entry && entry.until > now()) return entry;
    entries.delete(key);
    return null;
  };
  return {
    set: (key, value, until) => {
      entries.set(key, { value, until });
    },
    get: (key) => find(key)?.value ?? null,
    has: (key) => find(key) !== null,
    delete: (key) => {
      entries.delete(key);
    },
    clear: () => {
      entries.clear();
    },
    sweep: () => {
      for (const key of entries.keys()) find(key);
    },
  };
}
