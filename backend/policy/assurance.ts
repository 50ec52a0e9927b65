import {
  checkKinds,
  checkTable,
  type AssuranceView,
  type CheckKind,
  type FactorKind,
} from '../../shared/api/check.ts';
import type { PolicyDocument } from '../../shared/api/policy.ts';

export interface EarnedBy {
  readonly kind: string;
  readonly outcome: string;
}

export type AssurancePolicy = Pick<
  PolicyDocument,
  'points' | 'bars' | 'factors' | 'checksOff' | 'weakChecks'
>;

export interface Situation {
  /** While an alert is raised, weak checks earn nothing, including those passed before it. */
  readonly alertRaised: boolean;
  /** Checks that cannot be started now and so cannot close the gap. What they have earned stays. */
  readonly blocked: ReadonlySet<CheckKind>;
}

interface Earned {
  readonly points: number;
  readonly factors: readonly FactorKind[];
}

const normalSituation: Situation = { alertRaised: false, blocked: new Set() };
/** An unknown tier requires more than can be earned. */
const unreachable = Number.MAX_SAFE_INTEGER;

const requiredFor = (values: PolicyDocument['bars'], tier: string): number =>
  Object.hasOwn(values, tier) ? values[tier as keyof PolicyDocument['bars']] : unreachable;

/** Whether a check counts: it is enabled, earns points and, during an alert, is not a weak one. */
const isCounted = (kind: CheckKind, policy: AssurancePolicy, alertRaised: boolean): boolean =>
  policy.points[kind] > 0 &&
  !policy.checksOff.includes(kind) &&
  !(alertRaised && policy.weakChecks.includes(kind));

function earnedBy(kinds: readonly CheckKind[], { points }: AssurancePolicy): Earned {
  return {
    points: kinds.reduce((sum, kind) => sum + points[kind], 0),
    factors: [...new Set(kinds.map((kind) => checkTable[kind].factor))],
  };
}

/** All combinations of `size` kinds, in their order. */
function combinations(kinds: readonly CheckKind[], size: number): CheckKind[][] {
  if (size === 0) return [[]];
  return kinds.flatMap((kind, index) =>
    combinations(kinds.slice(index + 1), size - 1).map((rest) => [kind, ...rest]),
  );
}

/** The smallest sets of open checks that would meet the requirement; empty if none can. */
function closingSets(open: readonly CheckKind[], meets: (added: readonly CheckKind[]) => boolean) {
  if (!meets(open)) return [];
  for (let size = 1; size <= open.length; size += 1) {
    const found = combinations(open, size).filter(meets);
    if (found.length > 0) return found;
  }
  return [];
}

/**
 * Compares what a case's evidence has earned with what the account's tier requires, and determines which checks would close the gap. A kind of check
 * counts once, and a check without points does not count as a factor either.
 */
export function assuranceOf(
  evidence: readonly EarnedBy[],
  tier: string,
  policy: AssurancePolicy,
  { alertRaised, blocked }: Situation = normalSituation,
): AssuranceView {
  const useful = checkKinds.filter((kind) => isCounted(kind, policy, alertRaised));
  const passed = new Set(evidence.filter(({ outcome }) => outcome === 'passed').map(({ kind }) => kind));
  const kinds = useful.filter((kind) => passed.has(kind));
  const needed = { points: requiredFor(policy.bars, tier), factors: requiredFor(policy.factors, tier) };
  const meets = ({ points, factors }: Earned) => points >= needed.points && factors.length >= needed.factors;
  const { points, factors } = earnedBy(kinds, policy);
  const met = meets({ points, factors });
  const open = useful.filter((kind) => !passed.has(kind) && !blocked.has(kind));
  return {
    earned: points,
    needed: needed.points,
    factors: { earned: [...factors], needed: needed.factors },
    met,
    missing: {
      points: Math.max(0, needed.points - points),
      factors: Math.max(0, needed.factors - factors.length),
    },
    closing: met ? [] : closingSets(open, (added) => meets(earnedBy([...kinds, ...added], policy))),
  };
}

/** The same for an unlock, which has bars of its own and accepts any factor. */
export const unlockAssuranceOf = (
  evidence: readonly EarnedBy[],
  tier: string,
  policy: AssurancePolicy & Pick<PolicyDocument, 'unlockBars'>,
  situation: Situation = normalSituation,
): AssuranceView =>
  assuranceOf(
    evidence,
    tier,
    { ...policy, bars: policy.unlockBars, factors: { standard: 1, sensitive: 1, privileged: 1 } },
    situation,
  );
