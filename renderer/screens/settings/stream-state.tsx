import { Text } from '@mantine/core';
import type { AuditStreams, StreamTarget } from '../../../shared/api/audit-stream.ts';
import { formatPastTime } from '../../parts/clock/format-time.ts';
import { useTexts } from '../../texts/use-texts.ts';

/** How many events of the audit log a stream has sent, and why it is failing. */
export function StreamState({
  streams,
  target,
}: {
  readonly streams: AuditStreams;
  readonly target: StreamTarget;
}) {
  const t = useTexts();
  const state = streams.states[target];
  if (state === null) {
    return (
      <Text size="sm" c="dimmed">
        {t('audit.streams.never')}
      </Text>
    );
  }
  const { sentSeq: seq, waiting: count, failingSince, lastError } = state;
  return (
    <>
      <Text size="sm" c="dimmed">
        {t(count === 0 ? 'audit.streams.upToDate' : 'audit.streams.behind', { seq, count })}
      </Text>
      {failingSince !== null && (
        <Text size="sm" role="alert" className="refused-text">
          {t('audit.streams.failing', { time: formatPastTime(failingSince), error: lastError ?? '' })}
        </Text>
      )}
    </>
  );
}
