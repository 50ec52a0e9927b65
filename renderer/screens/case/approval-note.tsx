import { useRef, useState } from 'react';
import { Button, Group, Kbd, Text, Textarea } from '@mantine/core';
import type { CaseView, ResetAction } from '../../../shared/api/case.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { formatRemaining, useClock, useTimeLeftAnnouncements } from '../../parts/clock/countdown.ts';
import { useDraft } from '../../parts/drafts/drafts.tsx';
import { useScreenKeys } from '../../parts/keys/screen-keys.ts';
import { useTexts } from '../../texts/use-texts.ts';

/** Approval as the operator sees it: why it is needed, the request and its state while the caller waits. */
export function ApprovalNote({
  view,
  onCase,
}: {
  readonly view: CaseView;
  readonly onCase: (view: CaseView) => void;
}) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { needed, request } = view.approval;
  const [note, setNote] = useDraft(`case ${view.id} approval note`);
  const [failure, setFailure] = useState<Failure | null>(null);
  const busy = useRef(false);
  const isPending = request?.state === 'pending';
  // A request for the other action would withdraw a pending or approved one.
  const isActive = isPending || request?.state === 'approved';
  const askable = isActive ? [] : view.actions.filter(({ obstacle }) => obstacle === 'approval-needed');
  const now = useClock(isActive);
  useTimeLeftAnnouncements(isActive ? Date.parse(request.expiresAt) - now : null, (minutes) =>
    t('case.approval.minutesLeft', { count: minutes }),
  );
  const ask = async (action: ResetAction) => {
    if (busy.current) return;
    busy.current = true;
    const result = await bridge.fourEyes.ask({
      params: { caseId: view.id },
      body: { action, ...(note.trim() === '' ? {} : { note: note.trim() }) },
    });
    busy.current = false;
    setFailure(result.ok ? null : result.failure);
    if (!result.ok) return;
    setNote('');
    onCase(result.value);
  };
  const first = askable[0]?.action;
  useScreenKeys((key) => {
    if (key !== 'Enter' || first === undefined) return false;
    void ask(first);
    return true;
  });
  const concerned = view.actions.some(({ obstacle }) => obstacle?.startsWith('approval') === true);
  if (needed.length === 0 || (!concerned && request?.state !== 'approved')) return null;
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
      {(isPending || first !== undefined) && (
        <Text size="sm" c="dimmed">
          “{t('case.approval.sentence')}”
        </Text>
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
