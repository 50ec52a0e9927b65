import { Text } from '@mantine/core';
import type { HeldChange } from '../../../shared/api/held-change.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { AccountName } from '../../parts/account-name/account-name.tsx';
import { formatPastTime } from '../../parts/clock/format-time.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { DecisionForm } from './decision-form.tsx';
import { Review } from './review.tsx';

interface HeldCardProps {
  readonly change: HeldChange;
  readonly onDecided: () => void;
  readonly onOpenCase: (caseId: string) => void;
}

/** A change that a user requested shortly after a reset: the change, the evidence of that reset, and the approver's decision. */
export function HeldCard({ change, onDecided, onOpenCase }: HeldCardProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const name = t(`queue.held.kinds.${change.kind}`);
  return (
    <article
      className="step approval"
      data-testid="queue-held-change"
      data-state="open"
      aria-label={t('queue.held.label', { what: name, name: change.displayName })}
    >
      <div className="step-head">
        <h3>
          <AccountName account={change} />
        </h3>
        <Text size="sm" c="dimmed">
          {t('queue.held.until', { time: formatPastTime(change.until) })}
        </Text>
      </div>
      <div className="step-body">
        <Text size="sm">
          {change.shown === null ? name : t('queue.held.to', { what: name, shown: change.shown })}
        </Text>
        <Text size="sm">
          {t('queue.held.line', {
            time: formatPastTime(change.heldAt),
            reset: formatPastTime(change.resetAt),
            by: change.resetBy,
            number: change.caseNumber,
          })}
          {change.clientAddress === null ? '' : ` ${t('queue.held.from', { address: change.clientAddress })}`}
        </Text>
        <Review subject="change" item={change} onOpenCase={onOpenCase}>
          <Text size="sm">{t('queue.held.advice')}</Text>
          <DecisionForm
            subject={change.id}
            focused
            reasonHint={t('queue.held.reasonHint')}
            decide={(body) => bridge.heldChanges.decide({ params: { changeId: change.id }, body })}
            onDecided={onDecided}
          />
        </Review>
      </div>
    </article>
  );
}
