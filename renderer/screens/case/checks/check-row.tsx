import { Button, Kbd, Text } from '@mantine/core';
import type { AccountView } from '../../../../shared/api/account.ts';
import { checkTable, type AnswerKind } from '../../../../shared/api/check.ts';
import { useClock } from '../../../parts/clock/countdown.ts';
import { ReadInOutbox } from '../../../parts/outbox/outbox-link.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { CallBackForm } from './call-back-form.tsx';
import { isAnswerable, isContinued, isUsable, type AnswerFormProps } from './check-answer.ts';
import { CodeForm, RecoveryCodeForm } from './code-forms.tsx';
import { describeCheck } from './describe-check.ts';
import { InPersonForm } from './in-person-form.tsx';
import { QuestionsForm } from './questions-form.tsx';

const formFor: Readonly<Record<AnswerKind, (props: AnswerFormProps) => React.ReactNode>> = {
  code: CodeForm,
  'recovery-code': RecoveryCodeForm,
  'call-back': CallBackForm,
  'in-person': InPersonForm,
  questions: QuestionsForm,
};

interface CheckRowProps extends AnswerFormProps {
  /** The number key that starts it; null if it has none. */
  readonly number: number | null;
  readonly chosen: boolean;
  /** It belongs to the quickest way to the bar. */
  readonly isRecommended: boolean;
  /** Some combination of checks that reaches the bar contains it. */
  readonly isUseful: boolean;
  /** The kind of directory that keeps the account. */
  readonly directory: AccountView['directory'];
  readonly onStart: () => void;
}

/** One check, with its state and the form that the operator fills in. */
export function CheckRow({
  number,
  chosen,
  isRecommended,
  isUseful,
  directory,
  onStart,
  ...form
}: CheckRowProps) {
  const { check, working, wrong, callNumber } = form;
  const t = useTexts();
  const { attempt, kind } = check;
  const canStart = isUsable(check);
  const pending = canStart && attempt?.state === 'pending';
  const now = useClock(pending);
  const remaining = attempt === null ? 0 : Date.parse(attempt.expiresAt) - now;
  const live = pending && remaining > 0;
  const passed = attempt?.state === 'passed';
  const { answer } = checkTable[kind];
  const isOpen = live && chosen && isAnswerable(kind, callNumber);
  const Form = isOpen && answer !== null ? formFor[answer] : null;
  // If nothing is sent for the check, starting it again would only show the open form.
  const startable = canStart && !(Form !== null && attempt?.delivery === null);
  return (
    <li
      className="check"
      data-testid={`case-check-${kind}`}
      data-chosen={chosen && canStart}
      data-useful={isUseful}
    >
      <span className="check-mark" aria-hidden>
        {passed ? '✓' : number !== null && <Kbd>{number}</Kbd>}
      </span>
      <div className="check-text">
        <Text>
          {t(`case.checks.${kind}`)}
          {isRecommended && (
            <span className="badge" data-look="recommended" data-testid="case-recommended">
              {t('case.verify.recommended')}
            </span>
          )}
        </Text>
        <Text size="sm" c="dimmed">
          <bdi>{describeCheck(check, { wrong, live, remaining, directory }, t)}</bdi>
        </Text>
        {pending && <ReadInOutbox message={attempt.keptMessage} />}
      </div>
      {startable && (
        <Button
          data-testid={`case-start-${kind}`}
          variant="default"
          size="compact-md"
          fz="sm"
          onClick={onStart}
          disabled={working}
          aria-keyshortcuts={number === null ? undefined : String(number)}
        >
          {t(`case.check.${attempt === null || isContinued(check, callNumber) ? 'start' : 'again'}.${kind}`)}
        </Button>
      )}
      <span
        className="check-points"
        title={t(passed ? 'case.verify.earnedPoints' : 'case.verify.points', { count: check.points })}
      >
        {check.obstacle === null || passed
          ? `${passed || check.points === 0 ? '' : '+'}${check.points}`
          : '–'}
      </span>
      {Form !== null && <Form key={`${attempt?.id} ${attempt?.triesLeft}`} {...form} />}
    </li>
  );
}
