import type { Caller } from './callers.ts';
import { unfoundedOf, type CallFacts } from './score-call.ts';
import { saysNo, saysYes } from './dialogue/approver.ts';

export interface Judgement {
  readonly decision: 'approve' | 'deny';
  readonly reason: string;
}

const no = (reason: string): Judgement => ({ decision: 'deny', reason });

/**
 * What a second pair of eyes makes of a request: an approver who asks around before they sign. Whoever recorded what was not so, or nothing
 * that they heard, gets a no, and so does whoever asks about another account than the caller's.
 */
export function judgeEvidence(
  caller: Caller | null,
  { accountId, ...heard }: Pick<CallFacts, 'passed' | 'asked'> & { readonly accountId: string },
): Judgement {
  if (caller === null) return no(saysNo.nobody);
  if (accountId !== caller.account.id) return no(saysNo['another-account']);
  const { honest, past } = caller.persona;
  const unfounded = unfoundedOf(caller, heard);
  // The memory is the first thing that an approver sees.
  if (!honest && past !== undefined) return no(saysNo[past]);
  const untrue = unfounded.filter((kind) => !caller.passes.includes(kind));
  for (const kind of ['in-person', 'call-back'] as const) {
    if (untrue.includes(kind)) return no(saysNo.attested[kind]);
  }
  if (unfounded.length > untrue.length) return no(saysNo['not-heard']);
  return honest && untrue.length === 0 ? { decision: 'approve', reason: saysYes } : no(saysNo['no-belief']);
}
