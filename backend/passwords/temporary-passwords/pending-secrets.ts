import type { Secret } from '../../../shared/secret/secret.ts';

/** The temporary passwords that may still be answered to a repeated call: in memory alone, so that a crash forgets them. */
export interface PendingSecrets {
  /** `until` in milliseconds. */
  keep(resetId: string, secret: Secret, until: number): void;
  get(resetId: string): Secret | null;
  has(resetId: string): boolean;
  forget(resetId: string): void;
  /** Drops what may no longer be shown. */
  sweep(): void;
}

export function createPendingSecrets(now: () => number): PendingSecrets {
  const held = new Map<string, { secret: Secret; until: number }>();
  const live = (resetId: string) => {
    const found = held.get(resetId);
    if (found && found.until > now()) return found;
    held.delete(resetId);
    return null;
  };
  return {
    keep: (resetId, secret, until) => {
      held.set(resetId, { secret, until });
    },
    get: (resetId) => live(resetId)?.secret ?? null,
    has: (resetId) => live(resetId) !== null,
    forget: (resetId) => {
      held.delete(resetId);
    },
    sweep: () => {
      for (const resetId of held.keys()) live(resetId);
    },
  };
}
