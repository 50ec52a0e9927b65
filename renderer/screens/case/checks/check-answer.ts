import { isAnsweredBy, type CheckKind, type CheckView } from '../../../../shared/api/check.ts';
import type { Args } from '../../../../shared/bridge/contract.ts';

export type CheckAnswer = Args<'cases', 'answerCheck'>['body'];

/** The props of an open check's form. */
export interface AnswerFormProps {
  readonly check: CheckView;
  /** The names of the form's drafts begin with it. */
  readonly draft: string;
  readonly working: boolean;
  /** The last answer was wrong, and there are tries left. */
  readonly wrong: boolean;
  readonly callNumber: string | null;
  readonly onAnswer: (answer: CheckAnswer) => void;
}

/** What the names of the drafts of a check's form begin with. They outlive an attempt, which ends with the session. */
export const checkDraft = (caseId: string, kind: CheckKind): string => `case ${caseId} ${kind}`;

/** Whether a check can be started or answered now. */
export const isUsable = (check: CheckView): boolean =>
  check.obstacle === null && check.attempt?.state !== 'passed' && check.attempt?.state !== 'locked';

/** Whether the operator has what the answer needs: a call-back needs the number on file, which only starting it shows. */
export const isAnswerable = (kind: CheckKind, callNumber: string | null): boolean =>
  callNumber !== null || !isAnsweredBy(kind, 'call-back');

/** Whether an open check waits for its answer, so that choosing it must not start it again. */
export const isAwaitingAnswer = (check: CheckView, callNumber: string | null): boolean =>
  check.attempt?.state === 'pending' &&
  Date.parse(check.attempt.expiresAt) > Date.now() &&
  isAnswerable(check.kind, callNumber);

/** Whether an open check is continued rather than started again, because nothing was sent that could be sent again. */
export const isContinued = (check: CheckView, callNumber: string | null): boolean =>
  isAwaitingAnswer(check, callNumber) && check.attempt?.delivery === null;

/** The check whose form is open: the chosen one, otherwise the one that was started last. */
export function attendedCheck(checks: readonly CheckView[], chosen: CheckKind | null): CheckKind | null {
  if (chosen !== null) return chosen;
  const [newest] = checks
    .filter((check) => isUsable(check) && check.attempt?.state === 'pending')
    .toSorted((a, b) => (b.attempt?.startedAt ?? '').localeCompare(a.attempt?.startedAt ?? ''));
  return newest?.kind ?? null;
}
