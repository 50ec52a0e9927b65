import { useEffect, useRef, useState } from 'react';
import { Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { IconChevronRight } from '@tabler/icons-react';
import type { CaseView } from '../../../shared/api/case.ts';
import type { CheckKind, CheckView } from '../../../shared/api/check.ts';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import {
  attendedCheck,
  isContinued,
  isUsable,
  isAwaitingAnswer,
  type CheckAnswer,
} from './checks/check-answer.ts';
import { CheckRow } from './checks/check-row.tsx';
import { sayWhatIsMissing } from './checks/missing-texts.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useScreenKeys } from '../../parts/keys/screen-keys.ts';
import './checks/checks.css';

interface VerifyStepProps {
  readonly view: CaseView;
  readonly onCase: (view: CaseView) => void;
}

/** The checks of the case, their state and what is still missing. */
export function VerifyStep({ view, onCase }: VerifyStepProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<CheckKind | null>(null);
  // Not in the query cache: the number is shown for this check alone.
  const [callNumber, setCallNumber] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [wrong, setWrong] = useState<CheckKind | null>(null);
  const busy = useRef(false);
  const [working, setWorking] = useState(false);
  useEffect(() => () => setCallNumber(null), []);
  // What never could be used in this case is told in one line; what was tried keeps its place.
  const offered = view.checks.filter(({ obstacle, attempt }) => obstacle === null || attempt !== null);
  const rest = view.checks.filter((check) => !offered.includes(check));
  const [unfolded, setUnfolded] = useState(false);
  const restShown = unfolded || offered.length === 0;

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
        if (check.kind === 'call-back') setCallNumber(value.callNumber);
        // A kept text is read in the outbox, which shows once there is something in it.
        if (check.kind === 'texted-code') void client.invalidateQueries({ queryKey: ['outbox'] });
        onCase(value.case);
      },
    );
  };
  const answer = (checkId: string, body: CheckAnswer) =>
    once(
      () => bridge.cases.answerCheck({ params: { caseId: view.id, checkId }, body }),
      (value) => {
        if (value.outcome === 'wrong') setWrong(body.kind);
        else setChosen(null);
        if (body.kind === 'call-back') setCallNumber(null);
        onCase(value.case);
      },
    );
  useScreenKeys((event) => {
    const check = /^[1-9]$/u.test(event.key) ? offered[Number(event.key) - 1] : undefined;
    if (check === undefined || !isUsable(check)) return false;
    if (isAwaitingAnswer(check, callNumber)) setChosen(check.kind);
    else void start(check);
    return true;
  });

  const attending = attendedCheck(view.checks, chosen);
  const { earned, needed } = view.assurance;
  const row = (check: CheckView, number: number | null) => (
    <CheckRow
      key={check.kind}
      check={check}
      number={number}
      chosen={attending === check.kind}
      working={working}
      wrong={wrong === check.kind}
      callNumber={callNumber}
      onStart={() => (isContinued(check, callNumber) ? setChosen(check.kind) : void start(check))}
      onAnswer={(body) => check.attempt !== null && void answer(check.attempt.id, body)}
    />
  );
  const segments = Math.min(20, Math.max(1, Math.round(needed / 10)));
  return (
    <>
      <div
        className="meter"
        role="meter"
        aria-valuenow={earned}
        aria-valuemin={0}
        aria-valuemax={needed}
        aria-label={t('case.verify.score', { earned, needed })}
      >
        {Array.from({ length: segments }, (_, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- segments have no other identity
          <span key={index} data-earned={(index + 1) * (needed / segments) <= earned} />
        ))}
      </div>
      <Text size="sm" c="dimmed">
        {sayWhatIsMissing(view.assurance, t)}
      </Text>
      <ol className="checks">
        {offered.map((check, index) => row(check, index + 1))}
        {rest.length > 0 && offered.length > 0 && (
          <li className="checks-rest">
            <button
              type="button"
              className="checks-folded"
              aria-expanded={unfolded}
              onClick={() => setUnfolded(!unfolded)}
            >
              <IconChevronRight size={16} stroke={1.7} aria-hidden />
              {t('case.verify.cannotBeUsed', {
                count: rest.length,
                checks: rest.map(({ kind }) => t(`case.checkNames.${kind}`)).join(', '),
              })}
            </button>
          </li>
        )}
        {restShown && rest.map((check) => row(check, null))}
      </ol>
      <FailureLine failure={failure} />
    </>
  );
}
