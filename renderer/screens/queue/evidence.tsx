import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { failureOf, useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { MemoryNote } from '../../parts/memory/memory-note.tsx';
import { formatPastTime } from '../../parts/clock/format-time.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { describeReaders } from '../../parts/outbox/describe-readers.ts';
import { useTexts } from '../../texts/use-texts.ts';

/** The evidence for a decision: the checks with their outcomes, and the account's recent history. */
export function Evidence({ subject, id }: { readonly subject: 'approval' | 'change'; readonly id: string }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const query = useQuery({
    queryKey: ['queue', subject, id],
    queryFn: async () =>
      subject === 'approval'
        ? valueOf(bridge.fourEyes.get({ params: { approvalId: id } }))
        : valueOf(bridge.heldChanges.get({ params: { changeId: id } })),
  });
  const view = query.data?.case;
  const tried = view?.checks.filter(({ attempt }) => attempt !== null) ?? [];
  return (
    <div className="evidence" aria-busy={query.isPending}>
      <FailureLine read={failureOf(query.error)} />
      {view !== undefined && (
        <>
          <Text size="sm" fw={600}>
            {t('queue.evidence')}:{' '}
            {t('queue.points', { earned: view.assurance.earned, needed: view.assurance.needed })}
          </Text>
          {tried.length === 0 && <Text size="sm">{t('queue.noEvidence')}</Text>}
          <ul>
            {tried.map(({ kind, points, attempt }) => (
              <li key={kind}>
                {t(`case.checks.${kind}`)} ({points}):{' '}
                {attempt !== null &&
                  [
                    t(`queue.attempt.${attempt.state}`, {
                      time: formatPastTime(attempt.settledAt ?? attempt.startedAt),
                    }),
                    ...describeReaders(attempt, t),
                  ].join(' · ')}
              </li>
            ))}
          </ul>
          <MemoryNote view={view} />
        </>
      )}
    </div>
  );
}
