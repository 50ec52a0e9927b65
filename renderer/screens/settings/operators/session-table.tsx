import { Button, Group, Text } from '@mantine/core';
import type { SessionRow } from '../../../../shared/api/operators.ts';
import { formatPastTime } from '../../../parts/clock/format-time.ts';
import { useTexts } from '../../../texts/use-texts.ts';

interface SessionTableProps {
  readonly sessions: readonly SessionRow[];
  readonly onEnd: (sessionId: string | undefined) => void;
  /** The label of the button that ends several sessions. */
  readonly endAllLabel: string;
}

/** Open sessions, each with a button to end it, except the current one. */
export function SessionTable({ sessions, onEnd, endAllLabel }: SessionTableProps) {
  const t = useTexts();
  if (sessions.length === 0) return <Text size="sm">{t('operators.sessions.none')}</Text>;
  return (
    <>
      <ul className="session-list">
        {sessions.map(({ id, client, clientAddress, lastUsedAt, current }) => (
          <li key={id}>
            <div>
              <Text size="sm" fw={500}>
                {client ?? t('operators.sessions.unknown')}
              </Text>
              <Text size="xs" c="dimmed">
                {clientAddress} · {t('operators.sessions.used', { time: formatPastTime(lastUsedAt) })}
              </Text>
            </div>
            {current ? (
              <Text size="sm" data-testid="session-current">
                {t('operators.sessions.current')}
              </Text>
            ) : (
              <Button variant="default" size="compact-sm" onClick={() => onEnd(id)}>
                {t('operators.sessions.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.some(({ current }) => !current) && (
        <Group>
          <Button variant="default" onClick={() => onEnd(undefined)}>
            {endAllLabel}
          </Button>
        </Group>
      )}
    </>
  );
}
