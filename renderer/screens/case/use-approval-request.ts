import { useRef, useState } from 'react';
import type { CaseAction, CaseView } from '../../../shared/api/case.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useDraft } from '../../parts/drafts/drafts.tsx';

/** Asks an approver and withdraws the request, one call at a time, with the note that the operator types. */
export function useApprovalRequest(view: CaseView, onCase: (view: CaseView) => void) {
  const bridge = useConsoleBridge();
  const { request } = view.approval;
  const [note, setNote] = useDraft(`case ${view.id} approval note`);
  const [failure, setFailure] = useState<Failure | null>(null);
  const busy = useRef(false);
  const ask = async (action: CaseAction) => {
    if (busy.current) return;
    busy.current = true;
    const result = await bridge.fourEyes.ask({
      params: { caseId: view.id },
      body: { action, ...(note.trim() === '' ? {} : { note: note.trim() }) },
    });
    busy.current = false;
    setFailure(result.ok ? null : result.failure);
    if (!result.ok) return;
    setNote('');
    onCase(result.value);
  };
  const withdraw = async () => {
    if (busy.current || request === null) return;
    busy.current = true;
    const result = await bridge.fourEyes.withdraw({
      params: { caseId: view.id, approvalId: request.id },
    });
    busy.current = false;
    setFailure(result.ok ? null : result.failure);
    if (result.ok) onCase(result.value);
  };
  return { note, setNote, ask, withdraw, failure };
}
