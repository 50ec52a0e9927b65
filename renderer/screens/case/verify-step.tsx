import { useState } from 'react';
import { IconChevronRight } from '@tabler/icons-react';
import type { CaseView } from '../../../shared/api/case.ts';
import type { CheckView } from '../../../shared/api/check.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useScreenKeys } from '../../parts/keys/screen-keys.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { AssuranceMeter } from './checks/assurance-meter.tsx';
import { attendedCheck, checkDraft, isAwaitingAnswer, isContinued, isUsable } from './checks/check-answer.ts';
import { CheckRow } from './checks/check-row.tsx';
import { recommendedChecks } from './checks/missing-texts.ts';
import { useChecks } from './checks/use-checks.ts';
import './checks/checks.css';

interface VerifyStepProps {
  readonly view: CaseView;
  readonly onCase: (view: CaseView) => void;
}

/** The checks of the case, their states, and what is still missing. */
export function VerifyStep({ view, onCase }: VerifyStepProps) {
  const t = useTexts();
  const checks = useChecks(view, onCase);
  const { callNumber } = checks;
  // Checks that were never usable in this case fold into one line; a check that was tried keeps its place.
  const offered = view.checks.filter(({ obstacle, attempt }) => obstacle === null || attempt !== null);
  const rest = view.checks.filter((check) => !offered.includes(check));
  const [unfolded, setUnfolded] = useState(false);
  const restShown = unfolded || offered.length === 0;
  useScreenKeys((key) => {
    const check = /^[1-9]$/u.test(key) ? offered[Number(key) - 1] : undefined;
    if (check === undefined || !isUsable(check)) return false;
    if (isAwaitingAnswer(check, callNumber)) checks.setChosen(check.kind);
    else void checks.start(check);
    return true;
  });

  const recommended = recommendedChecks(view.assurance);
  const helpful = new Set(view.assurance.closing.flat());
  const isUsefulNow = ({ kind, attempt }: CheckView) =>
    view.assurance.met || helpful.size === 0 || helpful.has(kind) || attempt !== null;
  const attending = attendedCheck(view.checks, checks.chosen);
  const row = (check: CheckView, number: number | null) => (
    <CheckRow
      key={check.kind}
      check={check}
      draft={checkDraft(view.id, check.kind)}
      number={number}
      chosen={attending === check.kind}
      isRecommended={recommended.includes(check.kind)}
      isUseful={isUsefulNow(check)}
      directory={view.account.directory}
      working={checks.working}
      wrong={checks.wrong === check.kind}
      callNumber={callNumber}
      onStart={() =>
        isContinued(check, callNumber) ? checks.setChosen(check.kind) : void checks.start(check)
      }
      onAnswer={(body) => check.attempt !== null && void checks.answer(check.attempt.id, body)}
    />
  );
  return (
    <>
      <AssuranceMeter assurance={view.assurance} />
      <ol className="checks">
        {offered.map((check, index) => row(check, index + 1))}
        {rest.length > 0 && offered.length > 0 && (
          <li className="checks-rest">
            <button
              type="button"
              className="checks-folded"
              data-testid="case-unusable-checks"
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
      <FailureLine failure={checks.failure} />
    </>
  );
}
