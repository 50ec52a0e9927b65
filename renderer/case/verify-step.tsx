import { useEffect, useRef, useState } from 'react';
import { Text } from '@mantine/core';
import type { CaseView } from '../../shared/api/case.ts';
import type { CheckKind, CheckView } from '../../shared/api/check.ts';
import type { Failure, Result } from '../../shared/errors/result.ts';
import { useConsoleBridge } from '../bridge/console-bridge.ts';
import { useWords } from '../texts/use-words.ts';
import { sayWhatIsMissing } from './missing-words.ts';
import { CheckRow } from './check-row.tsx';
import { FailureLine } from '../failure/failure-line.tsx';
import { useScreenKeys } from '../keys/screen-keys.ts';

interface VerifyStepProps {
  readonly view: CaseView;
  readonly onCase: (view: CaseView) => void;
}

/** Whether a check can be started or answered now. */
const usable = (check: CheckView) =>
  check.obstacle === null && check.attempt?.state !== 'passed' && check.attempt?.state !== 'locked';

/** The checks of the case, their state and what is still missing. */
export function VerifyStep({ view, onCase }: VerifyStepProps) {
  const words = useWords();
  const bridge = useConsoleBridge();
  const [chosen, setChosen] = useState<CheckKind | null>(null);
  // Not in the query cache: the number is shown for this check alone.
  const [callNumber, setCallNumber] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [wrong, setWrong] = useState<CheckKind | null>(null);
  const busy = useRef(false);
  const [working, setWorking] = useState(false);
  useEffect(() => () => setCallNumber(null), []);

  async function once<T>(work: () => Promise<Result<T>>, then: (value: T) => void) {
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
      // The refusal may have changed the case (tries, expiry): show it as it stands.
      const now = await bridge.cases.get({ params: { caseId: view.id } });
      if (now.ok) onCase(now.value);
    }
  }
  const start = (check: CheckView) => {
    setChosen(check.kind);
    return once(
      () => bridge.cases.startCheck({ params: { caseId: view.id }, body: { kind: check.kind } }),
      (value) => {
        setCallNumber(value.callNumber);
        onCase(value.case);
      },
    );
  };
  const answer = (checkId: string, body: Parameters<typeof bridge.cases.answerCheck>[0]['body']) =>
    once(
      () => bridge.cases.answerCheck({ params: { caseId: view.id, checkId }, body }),
      (value) => {
        if (value.outcome === 'wrong') setWrong(body.kind);
        else setCallNumber(null);
        onCase(value.case);
      },
    );
  useScreenKeys((event) => {
    const check = /^[1-9]$/u.test(event.key) ? view.checks[Number(event.key) - 1] : undefined;
    if (check === undefined || !usable(check)) return false;
    if (check.attempt?.state === 'pending' && (check.kind !== 'call-back' || callNumber !== null))
      setChosen(check.kind);
    else void start(check);
    return true;
  });

  const { earned, needed } = view.assurance;
  const segments = Math.min(20, Math.max(1, Math.round(needed / 10)));
  return (
    <>
      <div
        className="meter"
        role="meter"
        aria-valuenow={earned}
        aria-valuemin={0}
        aria-valuemax={needed}
        aria-label={words('case.verify.score', { earned, needed })}
      >
        {Array.from({ length: segments }, (_, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- segments have no other identity
          <span key={index} data-earned={(index + 1) * (needed / segments) <= earned} />
        ))}
      </div>
      <Text size="sm" c="dimmed">
        {sayWhatIsMissing(view.assurance, words)}
      </Text>
      <ol className="checks">
        {view.checks.map((check, index) => (
          <CheckRow
            key={check.kind}
            check={check}
            number={index + 1}
            usable={usable(check)}
            chosen={chosen === check.kind || (chosen === null && check.attempt?.state === 'pending')}
            working={working}
            wrong={wrong === check.kind}
            callNumber={callNumber}
            onStart={() => void start(check)}
            onAnswer={(body) => check.attempt !== null && void answer(check.attempt.id, body)}
          />
        ))}
      </ol>
      <FailureLine failure={failure} />
    </>
  );
}
