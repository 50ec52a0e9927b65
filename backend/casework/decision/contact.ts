/** When an address or number that was changed may be used again, or null when it may be. `coolDown` in seconds. */
export function coolingUntil(changedAt: number | null, coolDown: number, now: number): number | null {
  if (changedAt === null) return null;
  const until = changedAt + coolDown * 1000;
  return until > now ? until : null;
}

/** Why an address or number on file can neither verify its owner nor receive a secret. */
export type ContactObstacle =
  | { readonly reason: 'missing' }
  | { readonly reason: 'changed'; readonly since: number; readonly until: number };

/** An attacker who changed the contact data must not profit from it: it rests for the policy's cool-down, in seconds. */
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
