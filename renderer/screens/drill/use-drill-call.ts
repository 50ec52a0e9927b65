import { useRef, useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { isAnsweredBy } from '../../../shared/api/check.ts';
import type { DrillQuestion, DrillView } from '../../../shared/api/drill.ts';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import { useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';

interface DrillCallOptions {
  readonly drill: DrillView;
  /** The calls of the drill itself; the bridge in context has those of its desk. */
  readonly drills: Bridge['drills'];
  readonly onStep: (call: () => Promise<Result<DrillView>>) => Promise<boolean>;
}

/** The current call of a drill: its case, the code that the caller read out, and what the operator can do, one call at a time. */
export function useDrillCall({ drill: { heard }, drills, onStep }: DrillCallOptions) {
  const bridge = useConsoleBridge();
  const client = useQueryClient();
  const [caseId, setCaseId] = useState<string | null>(null);
  const [codeOutcome, setCodeOutcome] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const busy = useRef(false);
  const opened = useQuery({
    queryKey: ['case', caseId],
    queryFn: () => valueOf(bridge.cases.get({ params: { caseId: caseId ?? '' } })),
    enabled: caseId !== null,
  });
  const isPending = opened.data?.checks.some(
    ({ attempt }) => attempt?.id === heard?.checkId && attempt?.state === 'pending',
  );
  const code = heard !== null && isPending === true ? heard.code : null;

  const once = async (work: () => Promise<unknown>) => {
    if (busy.current) return;
    busy.current = true;
    await work();
    busy.current = false;
  };
  const endCall = () =>
    once(async () => {
      if (await onStep(() => drills.endCall())) setCaseId(null);
      setCodeOutcome('');
    });
  const takeCall = () => once(() => onStep(() => drills.takeCall()));
  const ask = async (question: DrillQuestion) => {
    await once(async () => {
      setCodeOutcome('');
      await onStep(() => drills.ask({ question }));
    });
    // The manager may have answered. Not part of the step, so that a key pressed while the case is read again still counts.
    await client.invalidateQueries({ queryKey: ['case'] });
  };
  const typeIn = () =>
    once(async () => {
      if (heard === null || code === null) return;
      const { kind } = heard;
      if (!isAnsweredBy(kind, 'code')) return;
      const params = { caseId: heard.caseId, checkId: heard.checkId };
      const answer = await bridge.cases.answerCheck({ params, body: { kind, code } });
      setFailure(answer.ok ? null : answer.failure);
      if (!answer.ok) return;
      setCodeOutcome(answer.value.outcome);
      // A case that is being read now would arrive later and replace this one.
      await client.cancelQueries({ queryKey: ['case', heard.caseId] });
      client.setQueryData(['case', heard.caseId], answer.value.case);
    });
  /** Leaves the case: one that has ended ends the call, one that is open stays as it is. */
  const leaveCase = async () => {
    const now = await bridge.cases.get({ params: { caseId: caseId ?? '' } });
    if (now.ok && now.value.state !== 'open') await endCall();
    else setCaseId(null);
  };
  return {
    caseId,
    openCase: setCaseId,
    code,
    codeOutcome,
    failure,
    takeCall,
    endCall,
    ask,
    typeIn,
    leaveCase,
  };
}
