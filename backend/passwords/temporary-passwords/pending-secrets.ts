/** The temporary passwords that may still be answered to a repeated call: in memory alone, so that a crash forgets them. */
export interface PendingSecrets {
  /** `until` in milliseconds. */
  keep(resetId: string, value: string, until: number): void;
  get(resetId: string): string | null;
  has(resetId: string): boolean;
  forget(resetId: string): void;
  /** Drops what may no longer be shown. */
  sweep(): void;
}

export function createPendingSecrets(now: () => number): PendingSecrets {
  const held = new Map<string, { value: string; until: number }>();
  const live = (resetId: string) => {
    const found = held.get(resetId);
    if (found && found.until > now()) return found;
    held.delete(resetId);
    return null;
  };
  return {
    keep: (resetId, value, until) => {
      held.set(resetId, { value, until });
    },
    get: (resetId) => live(resetId)?.value ?? null,
    has: (resetId) => live(resetId) !== null,
    forget: (resetId) => {
      held.delete(resetId);
    },
    sweep: () => {
      for (const resetId of held.keys()) live(resetId);
    },
  };
}
