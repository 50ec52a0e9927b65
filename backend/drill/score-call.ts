import type { CheckKind } from '../../shared/api/check.ts';
import {
  scoreParts,
  type CallResult,
  type DrillQuestion,
  type DrillScene,
  type ScorePart,
} from '../../shared/api/drill.ts';
import type { Caller } from './callers.ts';

/** What the agent did in one call, as the drill's own store has it. */
export interface CallFacts {
  readonly end: CallResult['end'];
  /** Checks that stand as passed. */
  readonly passed: readonly CheckKind[];
  readonly asked: ReadonlySet<DrillQuestion>;
  readonly suspicious: boolean;
  readonly unmasked: boolean;
  /** The second pair of eyes said no. */
  readonly denied: boolean;
  /** A temporary password went by the operator's voice instead of sealed or split. */
  readonly readOut: boolean;
  /** A temporary password was shown, copied or spelled. */
  readonly revealed: boolean;
  /** Seconds. */
  readonly took: number;
}

/** Seconds within which all points for time are given, and from which on there are none; with two more minutes for the approver under an alert. */
const [quick, slow] = [240, 600];
const forApprover: Readonly<Record<DrillScene, number>> = { calm: 0, 'raised-alert': 120 };

/** What has to be heard before a check may be recorded as passed by the operator's own word. */
const heardBy: Partial<Record<CheckKind, DrillQuestion>> = { 'call-back': 'call-back', 'in-person': 'badge' };

/** Checks that were recorded as passed although what was heard said otherwise, or nothing had been heard. */
export const unfoundedOf = (
  { passes }: Pick<Caller, 'passes'>,
  { passed, asked }: Pick<CallFacts, 'passed' | 'asked'>,
): CheckKind[] =>
  passed.filter((kind) => {
    const question = heardBy[kind];
    return !passes.includes(kind) || (question !== undefined && !asked.has(question));
  });

function outcomeOf(honest: boolean, end: CallResult['end']): number {
  const most = scoreParts.outcome;
  if (honest) return end === 'reset' ? most : 0;
  if (end === 'refused') return most;
  // Nothing was given away, but nobody was warned either, and the memory has nothing to tell the next operator.
  return end === 'closed' || end === 'hung-up' ? most / 2 : 0;
}

/**
 * The points of one call, of 100. Whoever resets for an attacker, or the wrong account, gets none at all. Under a raised alert a password that
 * could have been sealed is not read out.
 */
export function scoreCall(
  caller: Caller,
  facts: CallFacts,
  scene: DrillScene = 'calm',
): Pick<CallResult, 'parts' | 'score' | 'unfounded' | 'denied'> {
  const { honest } = caller.persona;
  const { end, suspicious, unmasked, revealed, readOut, denied } = facts;
  const took = facts.took - forApprover[scene];
  const sealable = caller.account.open.includes('emailed-code');
  const told = scene === 'raised-alert' && readOut && sealable;
  const unfounded = unfoundedOf(caller, facts);
  const fatal = end === 'wrong-account' || (!honest && end === 'reset');
  const pace = Math.min(1, Math.max(0, (slow - took) / (slow - quick)));
  const outcome = outcomeOf(honest, end);
  const points: Record<ScorePart, number> = {
    outcome,
    evidence: unfounded.length === 0 && !denied && (honest || !revealed) ? scoreParts.evidence : 0,
    warning: suspicious === !honest ? scoreParts.warning : 0,
    privacy: unmasked || told ? 0 : scoreParts.privacy,
    // Being fast at the wrong thing is worth nothing.
    time: outcome === 0 ? 0 : Math.round(scoreParts.time * pace),
  };
  const parts = (Object.keys(scoreParts) as ScorePart[]).map((part) => ({
    part,
    points: fatal ? 0 : points[part],
    most: scoreParts[part],
  }));
  return { parts, score: parts.reduce((sum, part) => sum + part.points, 0), unfounded, denied };
}

/** The score of a drill, of 100. */
export const scoreDrill = (results: readonly Pick<CallResult, 'score'>[]): number =>
  results.length === 0 ? 0 : Math.round(results.reduce((sum, { score }) => sum + score, 0) / results.length);
