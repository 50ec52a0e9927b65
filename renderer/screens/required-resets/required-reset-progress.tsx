import { Group, Progress, Text } from '@mantine/core';
import type { RequiredResetView } from '../../../shared/api/required-reset.ts';
import { formatPastTime, fullStamp, isPast } from '../../parts/clock/format-time.ts';
import { useTexts } from '../../texts/use-texts.ts';

/** The progress as text, such as "212 of 340 done", and as a bar, with state and due date. */
export function RequiredResetProgress({ row }: { readonly row: RequiredResetView }) {
  const t = useTexts();
  const { done, accounts } = row.counts;
  const text = t('requiredResets.done', {
    done: done.toLocaleString(),
    accounts: accounts.toLocaleString(),
  });
  const isOverdue = row.state === 'running' && isPast(row.dueAt);
  const due = t(isOverdue ? 'requiredResets.overdue' : 'requiredResets.due', {
    time: formatPastTime(row.dueAt),
  });
  return (
    <div className="required-progress" data-testid="required-resets-progress">
      <Group gap={8} className="badges">
        <Text span fw={500}>
          {text}
        </Text>
        <span className="badge" data-testid="required-resets-state">
          {t(`requiredResets.states.${row.state}`)}
        </span>
        <span className="badge" data-look={isOverdue ? 'warn' : undefined} title={fullStamp(row.dueAt)}>
          {due}
        </span>
      </Group>
      <Progress.Root size={8} transitionDuration={0}>
        <Progress.Section value={accounts === 0 ? 0 : (done / accounts) * 100} aria-label={text} />
      </Progress.Root>
      <Text size="sm" c="dimmed" title={fullStamp(row.startedAt)}>
        {t('requiredResets.startedBy', { by: row.startedBy, time: formatPastTime(row.startedAt) })}
      </Text>
      {row.state === 'stopped' && row.endedAt !== null && (
        <Text size="sm">
          {t('requiredResets.stoppedBy', {
            by: row.stoppedBy ?? '',
            time: formatPastTime(row.endedAt),
            reason: row.stopReason ?? '',
          })}
        </Text>
      )}
    </div>
  );
}
