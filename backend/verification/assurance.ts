import { checkKinds, type AssuranceView, type CheckKind } from '../../shared/api/case.ts';
import type { PolicyDocument } from '../../shared/api/policy.ts';

export interface EarnedBy {
  readonly kind: string;
  readonly outcome: string;
}

/** Points for each kind of check that was passed; passing the same kind twice proves nothing new. */
export function earnedPoints(evidence: readonly EarnedBy[], points: PolicyDocument['points']): number {
  const passed = new Set(evidence.filter(({ outcome }) => outcome === 'passed').map(({ kind }) => kind));
  return checkKinds.filter((kind) => passed.has(kind)).reduce((sum, kind) => sum + points[kind], 0);
}

/** What the account's tier asks for. A tier that nobody knows asks for what cannot be earned. */
export function neededPoints(tier: string, { bars }: Pick<PolicyDocument, 'bars'>): number {
  return tier in bars ? bars[tier as keyof typeof bars] : Number.MAX_SAFE_INTEGER;
}

/** What a case has earned by its evidence and what its account's tier asks for. */
export function assuranceOf(
  evidence: readonly EarnedBy[],
  tier: string,
  policy: Pick<PolicyDocument, 'points' | 'bars'>,
): AssuranceView {
  const earned = earnedPoints(evidence, policy.points);
  const needed = neededPoints(tier, policy);
  const met = earned >= needed;
  const closes = (kind: CheckKind): boolean =>
    earnedPoints([...evidence, { kind, outcome: 'passed' }], policy.points) >= needed;
  return { earned, needed, met, closing: met ? [] : checkKinds.filter(closes) };
}
