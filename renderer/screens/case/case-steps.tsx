import type { CaseView } from '../../../shared/api/case.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { resetText, scoreText } from './case-texts.ts';
import { activeReset, canWork, currentStep, type Step } from './current-step.ts';
import { HandoverStep } from './handover/handover-step.tsx';
import { ValidFor } from './handover/valid-for.tsx';
import { ResetStep } from './reset-step.tsx';
import { SignInMethods } from './sign-in-methods.tsx';
import { StepCard } from './step-card.tsx';
import { UnlockOffer } from './unlock-offer.tsx';
import { VerifyStep } from './verify-step.tsx';

interface CaseStepsProps {
  readonly view: CaseView;
  readonly onCase: (view: CaseView) => void;
  /** Called after a reset, so that the case is read again. */
  readonly onReread: () => void;
  readonly onLeave: () => void;
}

/** The title of the second step: what the last reset was, or that none is in force. */
function resetTitle(view: CaseView): string {
  const reset = activeReset(view);
  if (reset !== null) return reset.action === 'reset-link' ? 'linkSent' : 'resetDone';
  return view.resets[0]?.use === 'revoked' && currentStep(view) !== 'reset' ? 'takenBack' : 'reset';
}

/** The three steps of a case, of which one is open at a time. */
export function CaseSteps({ view, onCase, onReread, onLeave }: CaseStepsProps) {
  const t = useTexts();
  const step = currentStep(view);
  const reset = activeReset(view);
  const isVerified = view.assurance.met;
  const stateOf = (which: Step, isDone: boolean) =>
    step === which && canWork(view) ? 'open' : isDone ? 'done' : 'waiting';
  return (
    <>
      {canWork(view) && <UnlockOffer view={view} onUnlock={onReread} />}
      {canWork(view) && view.account.directory === 'entra' && <SignInMethods view={view} onCase={onCase} />}
      <StepCard
        number={1}
        name="verify"
        title={t(isVerified ? 'case.steps.verified' : 'case.steps.verify')}
        state={stateOf('verify', isVerified)}
        summary={scoreText(t, view)}
      >
        <VerifyStep view={view} onCase={onCase} />
      </StepCard>
      <StepCard
        number={2}
        name="reset"
        title={t(`case.steps.${resetTitle(view)}`)}
        state={stateOf('reset', reset !== null)}
        summary={reset === null ? t('case.steps.resetHint') : resetText(t, view, reset)}
      >
        <ResetStep view={view} onReset={onReread} onCase={onCase} />
      </StepCard>
      <StepCard
        number={3}
        name="handover"
        title={t('case.steps.handover')}
        state={stateOf('handover', view.resets[0]?.handedOverAt != null)}
        summary={step === 'handover' && reset !== null && <ValidFor reset={reset} />}
      >
        {reset !== null && (
          <HandoverStep key={reset.id} view={view} reset={reset} onReset={onReread} onDone={onLeave} />
        )}
      </StepCard>
    </>
  );
}
