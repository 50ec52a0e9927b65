/** When a changed address or number may be used again; null if it may be used now. `coolDown` in seconds. */
export function coolingUntil(changedAt: number | null, coolDown: number, now: number): number | null {
  if (changedAt === null) return null;
  const until = changedAt + coolDown * 1000;
  return until > now ? until : null;
}

/** Why an address or number on file can neither verify its owner nor receive a secret. */
export type ContactObstacle =
  | { readonly reason: 'missing' }
  | { readonly reason: 'changed'; readonly since: number; readonly until: number };

/**
 * The obstacle of an address or number. Changed contact data cannot be used for the policy's cool-down in seconds, so that an attacker who changed it
 * gains nothing.
 */
export function contactObstacle(
  value: string | null,
  changedAt: number | null,
  coolDown: number,
  at: number,
): ContactObstacle | null {
  if (value === null) return { reason: 'missing' };
  const until = coolingUntil(changedAt, coolDown, at);
  return until === null || changedAt === null ? null : { reason: 'changed', since: changedAt, until };
}
