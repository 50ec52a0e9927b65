import type { CaseView } from '../../../shared/api/case.ts';

export type Step = 'verify' | 'reset' | 'handover' | 'ended';

/** The last reset, if it was done and not taken back. */
export function activeReset({ resets: [last] }: CaseView): CaseView['resets'][number] | null {
  return last?.state === 'done' && last.use !== 'revoked' ? last : null;
}

/** Which step is open, from what the backend says alone; the console keeps no opinion of its own. */
export function currentStep(view: CaseView): Step {
  if (view.state !== 'open') return 'ended';
  if (activeReset(view) !== null) return 'handover';
  return view.assurance.met ? 'reset' : 'verify';
}

/** Whether the operator who looks may act in the case. */
export const canWork = (view: CaseView): boolean => view.state === 'open' && view.operator.self;
