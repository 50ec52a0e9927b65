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
  /** Weak checks earn nothing while an alert is raised, not even those that were passed before. */
  readonly alertRaised: boolean;
  /** Checks with an obstacle: they cannot close a gap. What they have earned stays. */
  readonly blocked: ReadonlySet<CheckKind>;
}

interface Earned {
  readonly points: number;
  readonly factors: readonly FactorKind[];
}

const calm: Situation = { alertRaised: false, blocked: new Set() };
/** A tier that nobody knows asks for what cannot be earned. */
const unheardOf = Number.MAX_SAFE_INTEGER;

const ofTier = (values: PolicyDocument['bars'], tier: string): number =>
  Object.hasOwn(values, tier) ? values[tier as keyof PolicyDocument['bars']] : unheardOf;

/** Whether passing such a check means anything: it is switched on, earns points, and is not too weak for the situation. */
const counts = (kind: CheckKind, policy: AssurancePolicy, alertRaised: boolean): boolean =>
  policy.points[kind] > 0 &&
  !policy.checksOff.includes(kind) &&
  !(alertRaised && policy.weakChecks.includes(kind));

function earnedBy(kinds: readonly CheckKind[], { points }: AssurancePolicy): Earned {
  return {
    points: kinds.reduce((sum, kind) => sum + points[kind], 0),
    factors: [...new Set(kinds.map((kind) => checkTable[kind].factor))],
  };
}

/** Every choice of so many of the kinds, in their order. */
function choices(kinds: readonly CheckKind[], size: number): CheckKind[][] {
  if (size === 0) return [[]];
  return kinds.flatMap((kind, index) =>
    choices(kinds.slice(index + 1), size - 1).map((rest) => [kind, ...rest]),
  );
}

/** The smallest sets of open checks that would meet what is needed; none when nothing can. */
function closingSets(open: readonly CheckKind[], meets: (added: readonly CheckKind[]) => boolean) {
  if (!meets(open)) return [];
  for (let size = 1; size <= open.length; size += 1) {
    const found = choices(open, size).filter(meets);
    if (found.length > 0) return found;
  }
  return [];
}

/**
 * What a case has earned by its evidence, what its account's tier asks for, and how the gap could be closed. Passing the same kind twice proves
 * nothing new, and what earns no points is no factor either.
 */
export function assuranceOf(
  evidence: readonly EarnedBy[],
  tier: string,
  policy: AssurancePolicy,
  { alertRaised, blocked }: Situation = calm,
): AssuranceView {
  const useful = checkKinds.filter((kind) => counts(kind, policy, alertRaised));
  const passed = new Set(evidence.filter(({ outcome }) => outcome === 'passed').map(({ kind }) => kind));
  const kinds = useful.filter((kind) => passed.has(kind));
  const needed = { points: ofTier(policy.bars, tier), factors: ofTier(policy.factors, tier) };
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
