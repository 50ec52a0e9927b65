import { Skeleton, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ApprovalRow } from '../../../shared/api/approval.ts';
import { AlertSwitch } from '../../parts/alert/alert-switch.tsx';
import { failureOf, useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { formatPastTime } from '../../parts/clock/format-time.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { ApprovalCard } from './approval-card.tsx';
import { FrozenList } from './frozen-list.tsx';
import { HeldList } from './held-list.tsx';
import { useHeldChanges } from './use-held-changes.ts';
import { FlagList } from './flag-list.tsx';
import './queue.css';

/** Everything that waits for an approver: requests, held changes, frozen and flagged accounts, and the alert. */
export function QueueScreen({
  caseNumber,
  onOpenCase,
}: {
  /** The case whose request is opened first, because a link or a notification leads to it. */
  readonly caseNumber: number | null;
  readonly onOpenCase: (caseId: string) => void;
}) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const client = useQueryClient();
  const query = useQuery({
    queryKey: ['queue', 'approvals'],
    queryFn: () => valueOf(bridge.fourEyes.list({})),
    refetchInterval: 15_000,
  });
  const held = useHeldChanges();
  const reread = () => void client.invalidateQueries({ queryKey: ['queue'] });
  const waiting = query.data?.waiting ?? [];
  const settled = query.data?.settled ?? [];
  const isNamed = (approval: ApprovalRow) => approval.caseNumber === caseNumber;
  const hasNamed = waiting.some(isNamed);
  return (
    <main className="case-centre queue" data-testid="queue">
      <Text component="h1" fz={20} fw={600} m={0}>
        {t('queue.title')}
      </Text>
      <FailureLine read={failureOf(query.error)} />
      {query.isPending && <Skeleton height={160} />}
      {query.isSuccess && caseNumber !== null && !hasNamed && (
        <Text role="status" data-testid="queue-not-waiting">
          {t('queue.notWaiting', { number: caseNumber })}
        </Text>
      )}
      {query.isSuccess && waiting.length === 0 && held.data?.held.length === 0 && (
        <Text c="dimmed">{t('queue.nothing')}</Text>
      )}
      {waiting.length > 0 && (
        <Text component="h2" fz={14} fw={600} m={0}>
          {t('queue.waiting')}
        </Text>
      )}
      {waiting.map((approval, index) => (
        <ApprovalCard
          key={approval.id}
          approval={approval}
          first={approval.obstacle === null && (hasNamed ? isNamed(approval) : index === 0)}
          isNamed={isNamed(approval)}
          onDecided={reread}
          onOpenCase={onOpenCase}
        />
      ))}
      <HeldList onDecided={reread} onOpenCase={onOpenCase} />
      <FrozenList />
      <FlagList />
      <AlertSwitch />
      {settled.length > 0 && <Settled rows={settled} onOpenCase={onOpenCase} />}
    </main>
  );
}

function Settled({
  rows,
  onOpenCase,
}: {
  readonly rows: readonly ApprovalRow[];
  readonly onOpenCase: (caseId: string) => void;
}) {
  const t = useTexts();
  return (
    <section aria-label={t('queue.settled')}>
      <Text component="h2" fz={14} fw={600} m={0} mb={6}>
        {t('queue.settled')}
      </Text>
      <ul className="case-list">
        {rows.map((row) => (
          <li key={row.id}>
            <button type="button" onClick={() => onOpenCase(row.caseId)}>
              <span>{row.caseNumber}</span>
              <span className="hit-name">
                <bdi>{row.displayName}</bdi>
              </span>
              <Text span c="dimmed" size="sm">
                {t(`queue.states.${row.state}`, { by: row.decidedBy ?? '' })}
              </Text>
              <Text span c="dimmed" size="sm">
                {formatPastTime(row.decidedAt ?? row.askedAt)}
              </Text>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
