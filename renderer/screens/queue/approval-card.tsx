import { useEffect, useRef } from 'react';
import { Badge, Group, Text } from '@mantine/core';
import type { ApprovalRow } from '../../../shared/api/approval.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { AccountName } from '../../parts/account-name/account-name.tsx';
import { formatRemaining, useClock } from '../../parts/clock/countdown.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { DecisionForm } from './decision-form.tsx';
import { Review } from './review.tsx';

interface ApprovalCardProps {
  readonly approval: ApprovalRow;
  /** Whether the card is open at first, with the focus on the reason. */
  readonly first: boolean;
  /** A link or a notification leads to it. */
  readonly isNamed?: boolean;
  readonly onDecided: () => void;
  readonly onOpenCase: (caseId: string) => void;
}

/** One request for approval: who asks, for what and why, the evidence, and the approver's decision. */
export function ApprovalCard({ approval, first, isNamed = false, onDecided, onOpenCase }: ApprovalCardProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const article = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isNamed) article.current?.scrollIntoView({ block: 'nearest' });
  }, [isNamed]);
  const now = useClock();
  const left = Date.parse(approval.expiresAt) - now;
  return (
    <article
      className="step approval"
      data-testid="queue-request"
      data-state="open"
      data-named={isNamed || undefined}
      ref={article}
      aria-label={t('queue.asks', { operator: approval.operator, number: approval.caseNumber })}
    >
      <div className="step-head">
        <h3>
          <AccountName account={approval} />
        </h3>
        <Text size="sm" c="dimmed">
          {t('queue.left', { time: formatRemaining(left) })}
        </Text>
      </div>
      <div className="step-body">
        <Text size="sm">
          {t(`queue.wants.${approval.action}`, {
            operator: approval.operator,
            number: approval.caseNumber,
          })}
        </Text>
        <Group gap={6}>
          {approval.needed.map((why) => (
            <Badge key={why} variant="default" tt="none" radius="sm">
              {t(`case.approval.short.${why}`)}
            </Badge>
          ))}
        </Group>
        {approval.note !== null && <Text size="sm">“{approval.note}”</Text>}
        <Review subject="approval" item={approval} openAtFirst={first} onOpenCase={onOpenCase}>
          <DecisionForm
            subject={approval.id}
            focused={first}
            reasonHint={t('queue.reasonHint')}
            decide={(body) => bridge.fourEyes.decide({ params: { approvalId: approval.id }, body })}
            onDecided={onDecided}
          />
        </Review>
      </div>
    </article>
  );
}
