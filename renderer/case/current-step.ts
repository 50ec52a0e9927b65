import type { CaseView } from '../../shared/api/case.ts';

export type Step = 'verify' | 'reset' | 'handover' | 'ended';

/** Which step is open, from what the backend says alone; the console keeps no opinion of its own. */
export function currentStep(view: CaseView): Step {
  if (view.state !== 'open') return 'ended';
  if (view.resets[0]?.state === 'done') return 'handover';
  return view.assurance.met ? 'reset' : 'verify';
}

/** Whether the operator who looks may act in the case. */
export const mayWork = (view: CaseView): boolean => view.state === 'open' && view.operator.self;
