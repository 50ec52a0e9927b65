import type { CaseView } from '../../../shared/api/case.ts';
import { clockTime } from '../../parts/clock/format-time.ts';
import type { Translate } from '../../texts/use-texts.ts';

/** Why the operator cannot work on the case: it has ended, or belongs to another operator. */
export function endedText(t: Translate, view: CaseView): string {
  if (view.state === 'open') return t('case.ended.notYours', { operator: view.operator.displayName });
  return t(`case.ended.${view.state}`, {
    reason: view.refusal === null ? '' : t(`case.refuse.reasons.${view.refusal.reason}`),
  });
}

/** Earned and needed points, with the passed checks once they are enough. */
export function scoreText(t: Translate, { assurance, checks }: CaseView): string {
  const passed = checks
    .filter(({ attempt }) => attempt?.state === 'passed')
    .map(({ kind }) => t(`case.checkNames.${kind}`));
  const values = { earned: assurance.earned, needed: assurance.needed, checks: passed.join(', ') };
  return t(assurance.met && passed.length > 0 ? 'case.verify.summary' : 'case.verify.score', values);
}

/** The sessions that a reset ended. External directories end all of them and do not say how many there were. */
function sessionsText(t: Translate, { account }: CaseView, count: number): string {
  if (count === 0) return '';
  return account.directory === 'built-in' ? t('case.reset.sessions', { count }) : t('case.reset.allSessions');
}

/** When the reset was done, and its effect on the account and its sessions. */
export function resetText(t: Translate, view: CaseView, reset: CaseView['resets'][number]): string {
  return t('case.reset.summary', {
    time: clockTime(reset.at),
    unlocked: reset.unlocked ? t('case.reset.unlocked') : '',
    sessions: sessionsText(t, view, reset.sessionsEnded),
  });
}
