import type { CaseView } from '../../../shared/api/case.ts';

export type Step = 'verify' | 'reset' | 'handover' | 'ended';

/** The last reset if it was done, not revoked, and its password can be handed over; otherwise null. */
export function activeReset({ resets: [last] }: CaseView): CaseView['resets'][number] | null {
  return last?.state === 'done' && last.use !== 'revoked' && !last.secretLost ? last : null;
}

/** The open step, derived only from the backend's view of the case. */
export function currentStep(view: CaseView): Step {
  if (view.state !== 'open') return 'ended';
  if (activeReset(view) !== null) return 'handover';
  return view.assurance.met ? 'reset' : 'verify';
}

/** Whether the operator at this console can work on the case. */
export const canWork = (view: CaseView): boolean => view.state === 'open' && view.operator.self;
