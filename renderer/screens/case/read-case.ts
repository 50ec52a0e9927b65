import type { CaseView } from '../../../shared/api/case.ts';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import { valueOf } from '../../bridge/console-bridge.ts';

/** Reads a case. Main may still hold a temporary password that a restarted server has lost; the operator can then hand it over as usual. */
export async function readCase(bridge: Bridge, caseId: string): Promise<CaseView> {
  const view = await valueOf(bridge.cases.get({ params: { caseId } }));
  const [last, ...others] = view.resets;
  if (last?.secretLost !== true) return view;
  const answer = await bridge.handover.isHeld({ resetId: last.id });
  return answer.ok && answer.value.held
    ? { ...view, resets: [{ ...last, secretLost: false }, ...others] }
    : view;
}
