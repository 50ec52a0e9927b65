/** Values that are read again after `keptMs`. A failed read is not kept. */
export function createShortMemory<T>(keptMs: number, now: () => number) {
  const known = new Map<string, { readonly value: Promise<T>; readonly until: number }>();
  return {
    of: (name: string, read: () => Promise<T>): Promise<T> => {
      const kept = known.get(name);
      if (kept !== undefined && now() < kept.until) return kept.value;
      const fresh = { value: read(), until: now() + keptMs };
      known.set(name, fresh);
      fresh.value.catch(() => {
        if (known.get(name) === fresh) known.delete(name);
      });
      return fresh.value;
    },
    /** Makes the next call read the value again. */
    forget: (name: string): void => {
      known.delete(name);
    },
  };
}
