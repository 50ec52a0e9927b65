import { checkRow, type CheckKind } from '../../shared/api/check.ts';
import {
  scoreParts,
  type CallResult,
  type DrillQuestion,
  type DrillScene,
  type ScorePart,
} from '../../shared/api/drill.ts';
import type { Caller } from './callers.ts';
import { questionBeforePass } from './question-for.ts';

/** What the operator did in one call, read from the drill's own store. */
export interface CallFacts {
  readonly end: CallResult['end'];
  /** Checks recorded as passed. */
  readonly passed: readonly CheckKind[];
  readonly asked: ReadonlySet<DrillQuestion>;
  readonly suspicious: boolean;
  readonly unmasked: boolean;
  /** The approver denied a request. */
  readonly denied: boolean;
  /** The operator read out a temporary password, which was neither sealed nor split. */
  readonly readOut: boolean;
  /** A temporary password was shown, copied or spelled. */
  readonly revealed: boolean;
  /** Seconds. */
  readonly took: number;
}

/** Seconds: up to `quick` a call gets all points for time, from `slow` on none. Under an alert the approver takes two more minutes. */
const [quick, slow] = [240, 600];
const forApprover: Readonly<Record<DrillScene, number>> = { calm: 0, 'raised-alert': 120 };

/** Checks recorded as passed against the answer, or without asking. */
export const unfoundedOf = (
  { passes }: Pick<Caller, 'passes'>,
  { passed, asked }: Pick<CallFacts, 'passed' | 'asked'>,
): CheckKind[] =>
  passed.filter((kind) => {
    const question = questionBeforePass(kind);
    return !passes.includes(kind) || (question !== null && !asked.has(question));
  });

function outcomeOf(honest: boolean, end: CallResult['end']): number {
  const most = scoreParts.outcome;
  if (honest) return end === 'reset' ? most : 0;
  if (end === 'refused') return most;
  // The operator gave nothing away, but the account's memory does not warn the next operator either.
  return end === 'closed' || end === 'hung-up' ? most / 2 : 0;
}

/**
 * Scores one call, 0 to 100. A reset for an attacker or of the wrong account scores 0. Under a raised alert, reading out a password that could
 * have been sealed costs the points for privacy.
 */
export function scoreCall(
  caller: Caller,
  facts: CallFacts,
  scene: DrillScene = 'calm',
): Pick<CallResult, 'parts' | 'score' | 'unfounded' | 'denied'> {
  const { honest } = caller.persona;
  const { end, suspicious, unmasked, revealed, readOut, denied } = facts;
  const took = facts.took - forApprover[scene];
  const sealable = caller.account.open.some((kind) => checkRow(kind).contact === 'email');
  const isReadOutNeedlessly = scene === 'raised-alert' && readOut && sealable;
  const unfounded = unfoundedOf(caller, facts);
  const isFatal = end === 'wrong-account' || (!honest && end === 'reset');
  const pace = Math.min(1, Math.max(0, (slow - took) / (slow - quick)));
  const outcome = outcomeOf(honest, end);
  const points: Record<ScorePart, number> = {
    outcome,
    evidence: unfounded.length === 0 && !denied && (honest || !revealed) ? scoreParts.evidence : 0,
    warning: suspicious === !honest ? scoreParts.warning : 0,
    privacy: unmasked || isReadOutNeedlessly ? 0 : scoreParts.privacy,
    // A quick call with the wrong outcome gets no points for time.
    time: outcome === 0 ? 0 : Math.round(scoreParts.time * pace),
  };
  const parts = (Object.keys(scoreParts) as ScorePart[]).map((part) => ({
    part,
    points: isFatal ? 0 : points[part],
    most: scoreParts[part],
  }));
  return { parts, score: parts.reduce((sum, part) => sum + part.points, 0), unfounded, denied };
}

/** Scores a drill, 0 to 100: the mean of its calls. */
export const scoreDrill = (results: readonly Pick<CallResult, 'score'>[]): number =>
  results.length === 0 ? 0 : Math.round(results.reduce((sum, { score }) => sum + score, 0) / results.length);
