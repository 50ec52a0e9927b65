import type { PolicyDocument } from './policy.ts';
import { tiers } from './tiers.ts';

/** Two rules that cannot both hold: where it is seen, and which it is. */
export interface PolicyContradiction {
  readonly path: string;
  readonly why: 'mode-not-allowed' | 'longer-than-at-most';
}

/** What each rule allows for itself and the rules together do not. */
export function contradictionsIn({ temporaryPassword, alert }: PolicyDocument): PolicyContradiction[] {
  const found: PolicyContradiction[] = tiers
    .filter((tier) => !temporaryPassword.modes.includes(temporaryPassword.defaultModes[tier]))
    .map((tier) => ({ path: `temporaryPassword.defaultModes.${tier}`, why: 'mode-not-allowed' }));
  if (alert.validFor > alert.most) found.push({ path: 'alert.validFor', why: 'longer-than-at-most' });
  return found;
}
