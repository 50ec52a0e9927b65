import type { CaseView } from '../../../shared/api/case.ts';
import type { CheckView } from '../../../shared/api/check.ts';
import type { ResetView } from '../../../shared/api/reset.ts';
import type { Translate } from '../../texts/use-texts.ts';
import { endedText } from './case-texts.ts';
import { canWork } from './current-step.ts';
import { describeDelivery } from './checks/describe-check.ts';

/** The sentence for a screen reader about a check whose attempt has changed. */
function checkNews(before: CheckView | undefined, now: CheckView, t: Translate): string[] {
  const [was, is] = [before?.attempt ?? null, now.attempt];
  if (is === null) return [];
  const check = t(`case.checkEvents.${now.kind}`);
  const isSame = was?.id === is.id;
  if (is.state !== 'pending')
    return isSame && was.state === is.state ? [] : [t(`case.news.check.${is.state}`, { check })];
  const delivery = was?.id === is.id && was.delivery === is.delivery ? [] : describeDelivery(now, is, t);
  if (!isSame) return [t('case.news.check.started', { check }), ...delivery];
  const { triesLeft } = is;
  return triesLeft !== null && was.triesLeft !== null && triesLeft < was.triesLeft
    ? [t('case.check.wrong', { count: triesLeft })]
    : delivery;
}

/** The sentence for a screen reader about a reset whose state, use or delivery has changed. */
function resetNews(before: ResetView | undefined, now: ResetView, t: Translate): string[] {
  const news: string[] = [];
  if (now.state !== before?.state) {
    if (now.state === 'done')
      news.push(t(now.action === 'reset-link' ? 'case.steps.linkSent' : 'case.steps.resetDone'));
    else news.push(t(`case.reset.${now.state}`));
  }
  if (before !== undefined && now.use !== before.use) news.push(t(`handover.use.${now.use}`));
  if (now.delivery !== null && now.delivery !== before?.delivery)
    news.push(t(`handover.${now.sentBy === 'text' ? 'textDelivery' : 'delivery'}.${now.delivery}`));
  return news;
}

/**
 * The sentences for a screen reader when a case changes: verdicts of checks, the points, the approval, resets and their use. Running times are left
 * out.
 */
export function caseNews(before: CaseView, now: CaseView, t: Translate): string[] {
  if (before.id !== now.id) return [];
  const news = now.checks.flatMap((check) =>
    checkNews(
      before.checks.find(({ kind }) => kind === check.kind),
      check,
      t,
    ),
  );
  const { earned, needed, met } = now.assurance;
  if (earned !== before.assurance.earned) news.push(t('case.verify.score', { earned, needed }));
  if (met && !before.assurance.met) news.push(t('case.verify.enough'));
  const { request } = now.approval;
  if (request !== null && request.state !== before.approval.request?.state)
    news.push(
      t(`case.news.approval.${request.state}`, {
        by: request.decidedBy ?? '',
        reason: request.reason ?? '',
      }),
    );
  for (const reset of now.resets)
    news.push(
      ...resetNews(
        before.resets.find(({ id }) => id === reset.id),
        reset,
        t,
      ),
    );
  if (canWork(before) && !canWork(now)) news.push(endedText(t, now));
  return news;
}
