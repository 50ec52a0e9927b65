import { useEffect, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { CaseView } from '../../../../shared/api/case.ts';
import { checkRow, isAnsweredBy, type CheckKind, type CheckView } from '../../../../shared/api/check.ts';
import type { Failure, Result } from '../../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../../bridge/console-bridge.ts';
import { useDrafts } from '../../../parts/drafts/drafts.tsx';
import { checkDraft, type CheckAnswer } from './check-answer.ts';

/** Starts and answers the checks of a case, one call at a time, and keeps which check the operator chose. */
export function useChecks(view: CaseView, onCase: (view: CaseView) => void) {
  const bridge = useConsoleBridge();
  const client = useQueryClient();
  const drafts = useDrafts();
  const [chosen, setChosen] = useState<CheckKind | null>(null);
  // Kept out of the query cache, since the number is shown only for this check.
  const [callNumber, setCallNumber] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [wrong, setWrong] = useState<CheckKind | null>(null);
  const busy = useRef(false);
  const [working, setWorking] = useState(false);
  useEffect(() => () => setCallNumber(null), []);
  /** Makes one call at a time. `settle` says whether the case shows that a call took effect although its answer was lost. */
  async function once<T>(
    work: () => Promise<Result<T>>,
    then: (value: T) => void,
    settle: (now: CaseView) => boolean,
  ) {
    if (busy.current) return;
    busy.current = true;
    setWorking(true);
    setFailure(null);
    setWrong(null);
    const result = await work();
    busy.current = false;
    setWorking(false);
    if (result.ok) then(result.value);
    else {
      setFailure(result.failure);
      // The refused call may have changed the case, such as its tries: show its current state.
      const now = await bridge.cases.get({ params: { caseId: view.id } });
      if (!now.ok) return;
      onCase(now.value);
      if (settle(now.value)) setFailure(null);
    }
  }
  const done = (kind: CheckKind) => {
    setChosen(null);
    drafts.drop(`${checkDraft(view.id, kind)} `);
  };
  const start = (check: CheckView) => {
    setChosen(check.kind);
    return once(
      () => bridge.cases.startCheck({ params: { caseId: view.id }, body: { kind: check.kind } }),
      (value) => {
        if (value.callNumber !== null) setCallNumber(value.callNumber);
        // Without a gateway the text goes to the outbox, whose entry in the rail appears with the first message.
        if (checkRow(check.kind).sentBy === 'text') void client.invalidateQueries({ queryKey: ['outbox'] });
        onCase(value.case);
      },
      // The server refuses a repeated press as too early while the code of the first press is on its way.
      ({ checks }) => {
        const attempt = checks.find(({ kind }) => kind === check.kind)?.attempt ?? null;
        return attempt?.state === 'pending' && attempt.id !== check.attempt?.id;
      },
    );
  };
  const answer = (checkId: string, body: CheckAnswer) =>
    once(
      () => bridge.cases.answerCheck({ params: { caseId: view.id, checkId }, body }),
      (value) => {
        if (value.outcome === 'wrong') setWrong(body.kind);
        else done(body.kind);
        if (isAnsweredBy(body.kind, 'call-back')) setCallNumber(null);
        onCase(value.case);
      },
      ({ checks }) => {
        const attemptOf = (checksOf: readonly CheckView[]) =>
          checksOf.find(({ attempt }) => attempt?.id === checkId)?.attempt ?? null;
        const [before, now] = [attemptOf(view.checks), attemptOf(checks)];
        if (now?.state === 'passed') {
          done(body.kind);
          return true;
        }
        // The server judged the code, and it was wrong.
        const isWrong = now?.state === 'pending' && (now.triesLeft ?? 0) < (before?.triesLeft ?? 0);
        if (isWrong) setWrong(body.kind);
        return isWrong;
      },
    );
  return { chosen, setChosen, callNumber, failure, wrong, working, start, answer };
}
