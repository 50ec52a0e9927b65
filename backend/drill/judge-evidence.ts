import type { Caller } from './callers.ts';
import { unfoundedOf, type CallFacts } from './score-call.ts';
import { denialReasons, approvalReason } from './dialogue/approver.ts';

export interface Judgement {
  readonly decision: 'approve' | 'deny';
  readonly reason: string;
}

const deny = (reason: string): Judgement => ({ decision: 'deny', reason });

/**
 * Decides like an approver who makes enquiries first. Denies evidence that is untrue or that the operator did not hear themselves, and requests about
 * an account that is not the caller's.
 */
export function judgeEvidence(
  caller: Caller | null,
  { accountId, ...heard }: Pick<CallFacts, 'passed' | 'asked'> & { readonly accountId: string },
): Judgement {
  if (caller === null) return deny(denialReasons['no-caller']);
  if (accountId !== caller.account.id) return deny(denialReasons['another-account']);
  const { honest, past } = caller.persona;
  const unfounded = unfoundedOf(caller, heard);
  // An approver sees the account's memory first.
  if (!honest && past !== undefined) return deny(denialReasons[past]);
  const untrue = unfounded.filter((kind) => !caller.passes.includes(kind));
  for (const [kind, reason] of Object.entries(denialReasons.attested)) {
    if (untrue.some((each) => each === kind)) return deny(reason);
  }
  if (unfounded.length > untrue.length) return deny(denialReasons['not-heard']);
  return honest && untrue.length === 0
    ? { decision: 'approve', reason: approvalReason }
    : deny(denialReasons['no-belief']);
}
