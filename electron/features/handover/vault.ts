import { Secret } from '../../../shared/secret/secret.ts';

/** The temporary passwords of this console, in memory alone. */
export interface Vault {
  /** `until` in milliseconds. */
  readonly put: (resetId: string, value: string, until: number) => void;
  readonly get: (resetId: string) => Secret | null;
  readonly remove: (resetId: string) => void;
  readonly clear: () => void;
}

export function createVault(now: () => number): Vault {
  const held = new Map<string, { secret: Secret; until: number }>();
  return {
    put: (resetId, value, until) => {
      held.set(resetId, { secret: new Secret(value), until });
    },
    get: (resetId) => {
      const found = held.get(resetId);
      if (found && found.until > now()) return found.secret;
      held.delete(resetId);
      return null;
    },
    remove: (resetId) => {
      held.delete(resetId);
    },
    clear: () => {
      held.clear();
    },
  };
}
