import type { PolicyDocument } from './policy.ts';
import { tiers } from './tiers.ts';

/** Two rules of a policy that contradict each other, reported at one of them. */
export interface PolicyContradiction {
  readonly path: string;
  readonly why: 'mode-not-allowed' | 'longer-than-at-most';
}

/** Finds rules that are each valid but contradict each other. */
export function contradictionsIn({ temporaryPassword, alert }: PolicyDocument): PolicyContradiction[] {
  const found: PolicyContradiction[] = tiers
    .filter((tier) => !temporaryPassword.modes.includes(temporaryPassword.defaultModes[tier]))
    .map((tier) => ({ path: `temporaryPassword.defaultModes.${tier}`, why: 'mode-not-allowed' }));
  if (alert.validFor > alert.most) found.push({ path: 'alert.validFor', why: 'longer-than-at-most' });
  return found;
}
