import { Button, Group, Text } from '@mantine/core';
import type { SessionRow } from '../../../../shared/api/operators.ts';
import { clockWords } from '../../../parts/clock/format-time.ts';
import { useWords } from '../../../texts/use-texts.ts';

interface SessionTableProps {
  readonly sessions: readonly SessionRow[];
  readonly onEnd: (sessionId: string | undefined) => void;
  /** What the button that ends more than one says. */
  readonly all: string;
}

/** Live sessions, each with a way to end it; the one that is looked from has none. */
export function SessionTable({ sessions, onEnd, all }: SessionTableProps) {
  const words = useWords();
  if (sessions.length === 0) return <Text size="sm">{words('operators.sessions.none')}</Text>;
  return (
    <>
      <ul className="session-list">
        {sessions.map(({ id, client, clientAddress, lastUsedAt, current }) => (
          <li key={id}>
            <div>
              <Text size="sm" fw={500}>
                {client ?? words('operators.sessions.unknown')}
              </Text>
              <Text size="xs" c="dimmed">
                {clientAddress} · {words('operators.sessions.used', { time: clockWords(lastUsedAt) })}
              </Text>
            </div>
            {current ? (
              <Text size="sm">{words('operators.sessions.current')}</Text>
            ) : (
              <Button variant="default" size="compact-sm" onClick={() => onEnd(id)}>
                {words('operators.sessions.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.some(({ current }) => !current) && (
        <Group>
          <Button variant="default" onClick={() => onEnd(undefined)}>
            {all}
          </Button>
        </Group>
      )}
    </>
  );
}
