import { useState } from 'react';
import { Button, Group, Text, Textarea } from '@mantine/core';
import type { ProtectedChange } from '../../../../shared/api/protected-change-view.ts';
import type { Failure } from '../../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../../bridge/console-bridge.ts';
import { formatFutureTime, formatPastTime } from '../../../parts/clock/format-time.ts';
import { useDraft } from '../../../parts/drafts/drafts.tsx';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { useProven } from '../../../parts/proof/use-proven.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { ChangeFields } from './change-fields.tsx';

interface ChangeCardProps {
  readonly change: ProtectedChange;
  readonly onSettled: () => void;
}

const shortestReason = 3;

/** A change that waits for a second administrator: what would change, and the decision of this administrator. */
export function ChangeCard({ change, onSettled }: ChangeCardProps) {
  const t = useTexts();
  const title = t(`protectedChanges.acts.${change.act}`, { subject: change.subject ?? '' });
  const names = change.approvers.join(', ') || t('protectedChanges.none');
  return (
    <article className="protected-change" data-testid="protected-change" aria-label={title}>
      <div>
        <h3>
          <bdi>{title}</bdi>
        </h3>
        <Text size="sm" c="dimmed">
          {t('protectedChanges.line', {
            name: change.proposedBy,
            time: formatPastTime(change.proposedAt),
            until: formatFutureTime(change.expiresAt),
          })}
        </Text>
      </div>
      <ChangeFields change={change} />
      {change.obstacle === null ? (
        <Decision change={change} onSettled={onSettled} />
      ) : (
        <Text size="sm" data-testid="protected-change-obstacle">
          {t(`protectedChanges.obstacles.${change.obstacle}`, { names })}
        </Text>
      )}
      {change.own && <Withdrawal change={change} onSettled={onSettled} />}
    </article>
  );
}

function Decision({ change, onSettled }: ChangeCardProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { run, dialog } = useProven();
  const [reason, setReason] = useDraft(`protected change ${change.id} reason`);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [working, setWorking] = useState(false);
  const isReady = reason.trim().length >= shortestReason && !working;
  const decide = async (decision: 'approve' | 'decline') => {
    if (!isReady) return;
    setWorking(true);
    const body = { decision, reason: reason.trim() };
    const result = await run(() => bridge.protectedChanges.decide({ params: { changeId: change.id }, body }));
    setWorking(false);
    setFailure(result.ok ? null : result.failure);
    if (result.ok || result.failure.code === 'protected-change.settled') onSettled();
  };
  return (
    <form
      className="decision"
      onSubmit={(event) => {
        event.preventDefault();
        void decide('approve');
      }}
    >
      <Textarea
        autosize
        minRows={1}
        maxLength={1000}
        label={t('protectedChanges.reason')}
        description={t('protectedChanges.reasonHint', { name: change.proposedBy })}
        data-testid="protected-change-reason"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <FailureLine failure={failure} />
      <Group gap={8}>
        <Button
          type="submit"
          data-testid="protected-change-approve"
          aria-disabled={!isReady}
          data-disabled={!isReady}
        >
          {t('protectedChanges.approve')}
        </Button>
        <Button
          variant="default"
          data-testid="protected-change-decline"
          {...(isReady && { c: 'var(--mantine-color-error)' })}
          aria-disabled={!isReady}
          data-disabled={!isReady}
          onClick={() => void decide('decline')}
        >
          {t('protectedChanges.decline')}
        </Button>
      </Group>
      {dialog}
    </form>
  );
}

function Withdrawal({ change, onSettled }: ChangeCardProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [failure, setFailure] = useState<Failure | null>(null);
  const withdraw = async () => {
    const result = await bridge.protectedChanges.withdraw({ params: { changeId: change.id } });
    setFailure(result.ok ? null : result.failure);
    onSettled();
  };
  return (
    <>
      <FailureLine failure={failure} />
      <Group>
        <Button
          variant="default"
          size="compact-sm"
          data-testid="protected-change-withdraw"
          onClick={() => void withdraw()}
        >
          {t('protectedChanges.withdraw')}
        </Button>
      </Group>
    </>
  );
}
