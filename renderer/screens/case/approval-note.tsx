import { Button, Group, Kbd, Text, Textarea } from '@mantine/core';
import type { CaseAction, CaseView } from '../../../shared/api/case.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { formatRemaining, useClock, useTimeLeftAnnouncements } from '../../parts/clock/countdown.ts';
import { formatPastTime } from '../../parts/clock/format-time.ts';
import { useScreenKeys } from '../../parts/keys/screen-keys.ts';
import { useTexts, type Translate } from '../../texts/use-texts.ts';
import { useApprovalRequest } from './use-approval-request.ts';

/** What the operator has to know about the approvers; null if one can answer now. */
function describeAbsence(approvers: CaseView['approval']['approvers'], t: Translate): string | null {
  if (approvers === null || approvers.state === 'signed-in') return null;
  if (approvers.state === 'none') return t('case.approval.approvers.none');
  return approvers.lastSeenAt === null
    ? t('case.approval.approvers.never-seen')
    : t('case.approval.approvers.away', { since: formatPastTime(approvers.lastSeenAt) });
}

/** Approval as the operator sees it: why it is needed, the request and its state while the caller waits. */
export function ApprovalNote({
  view,
  onCase,
}: {
  readonly view: CaseView;
  readonly onCase: (view: CaseView) => void;
}) {
  const t = useTexts();
  const { needed, approvers, request } = view.approval;
  const isPending = request?.state === 'pending';
  // A request for the other action would withdraw a pending or approved one.
  const isActive = isPending || request?.state === 'approved';
  const actions: readonly { readonly action: CaseAction; readonly obstacle: string | null }[] = [
    ...view.actions,
    { action: 'unlock', obstacle: view.unlock.obstacle },
  ];
  const askable = isActive ? [] : actions.filter(({ obstacle }) => obstacle === 'approval-needed');
  const now = useClock(isActive);
  useTimeLeftAnnouncements(isActive ? Date.parse(request.expiresAt) - now : null, (minutes) =>
    t('case.approval.minutesLeft', { count: minutes }),
  );
  const { note, setNote, ask, withdraw, failure } = useApprovalRequest(view, onCase);
  const first = askable[0]?.action;
  useScreenKeys((key) => {
    if (key !== 'Enter' || first === undefined) return false;
    void ask(first);
    return true;
  });
  const concerned = actions.some(({ obstacle }) => obstacle?.startsWith('approval') === true);
  if (needed.length === 0 || (!concerned && request?.state !== 'approved')) return null;
  const isWaiting = isPending || first !== undefined;
  const absent = describeAbsence(approvers, t);
  const reasons = needed
    .map((reason) =>
      t(`case.approval.reasons.${reason}`, {
        tier: t(`case.tiers.${view.account.tier}`).toLowerCase(),
      }),
    )
    .join('; ');
  return (
    <div className="note" data-testid="case-approval">
      <Text size="sm" fw={600}>
        {t('case.approval.why', { reasons })}
      </Text>
      <Text size="sm" data-testid="case-approval-state" data-state={request?.state}>
        {request !== null &&
          t(`case.approval.${request.state}`, {
            time: formatRemaining(Date.parse(request.expiresAt) - now),
            by: request.decidedBy ?? '',
            reason: request.reason ?? '',
          })}
      </Text>
      {isWaiting && absent !== null && (
        <Text size="sm" data-testid="case-approvers" data-state={approvers?.state}>
          {absent}
        </Text>
      )}
      {isWaiting && approvers?.state !== 'none' && (
        <Text size="sm" c="dimmed">
          “{t(approvers?.state === 'away' ? 'case.approval.sentenceAway' : 'case.approval.sentence')}”
        </Text>
      )}
      {isPending && view.operator.self && (
        <Button mt={8} variant="default" data-testid="case-withdraw-approval" onClick={() => void withdraw()}>
          {t('case.approval.withdraw')}
        </Button>
      )}
      {first !== undefined && (
        <>
          <Textarea
            data-testid="case-approval-note"
            mt={8}
            autosize
            minRows={1}
            label={t('case.approval.note')}
            maxLength={1000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Group mt={8} gap={8}>
            {askable.map(({ action }) => (
              <Button
                key={action}
                data-testid={`case-ask-${action}`}
                variant={action === first ? 'filled' : 'default'}
                onClick={() => void ask(action)}
                rightSection={action === first ? <Kbd aria-hidden>Enter</Kbd> : null}
              >
                {action === first ? t('case.approval.ask') : t(`case.approval.askFor.${action}`)}
              </Button>
            ))}
          </Group>
        </>
      )}
      <FailureLine failure={failure} />
    </div>
  );
}
