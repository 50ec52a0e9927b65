import { useState } from 'react';
import { Button, Group, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { FlagView } from '../../shared/api/flag.ts';
import type { Failure } from '../../shared/errors/result.ts';
import { failureOf, useConsoleBridge, valueOf } from '../bridge/console-bridge.ts';
import { clockWords } from '../clock/clock-words.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { useWords } from '../texts/use-words.ts';

/** Accounts that somebody seems to be after, until an approver takes the flag off. */
export function FlagList() {
  const words = useWords();
  const bridge = useConsoleBridge();
  const query = useQuery({ queryKey: ['queue', 'flags'], queryFn: () => valueOf(bridge.fourEyes.flags({})) });
  const flags = query.data?.flags ?? [];
  return (
    <section className="step" aria-label={words('queue.flags.title')}>
      <div className="step-head">
        <h2>{words('queue.flags.title')}</h2>
      </div>
      <div className="step-body">
        <FailureLine failure={failureOf(query.error)} />
        {query.isSuccess && flags.length === 0 && (
          <Text size="sm" c="dimmed">
            {words('queue.flags.nothing')}
          </Text>
        )}
        {flags.map((flag) => (
          <Flag key={flag.id} flag={flag} />
        ))}
      </div>
    </section>
  );
}

function Flag({ flag }: { readonly flag: FlagView }) {
  const words = useWords();
  const bridge = useConsoleBridge();
  const client = useQueryClient();
  const [clearing, setClearing] = useState(false);
  const [reason, setReason] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const clear = async () => {
    const result = await bridge.fourEyes.clearFlag({ params: { flagId: flag.id }, body: { reason } });
    setFailure(result.ok ? null : result.failure);
    if (result.ok) await client.invalidateQueries({ queryKey: ['queue'] });
  };
  return (
    <div className="flag">
      <Text fw={500}>
        <bdi>{flag.displayName}</bdi>{' '}
        <Text span size="sm" c="dimmed">
          <bdi>{flag.userName}</bdi>
        </Text>
      </Text>
      <Text size="sm">
        {words('queue.flags.line', { time: clockWords(flag.at), by: flag.by })}
        {flag.note === null ? '' : `: “${flag.note}”`}
      </Text>
      {clearing ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void clear();
          }}
        >
          <TextInput
            autoFocus
            label={words('queue.flags.reason')}
            minLength={3}
            required
            withAsterisk={false}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <FailureLine failure={failure} />
          <Group gap={8} mt={8}>
            <Button type="submit" size="compact-sm">
              {words('queue.flags.confirm')}
            </Button>
            <Button variant="default" size="compact-sm" onClick={() => setClearing(false)}>
              {words('queue.flags.cancel')}
            </Button>
          </Group>
        </form>
      ) : (
        <Button variant="default" size="compact-sm" mt={4} onClick={() => setClearing(true)}>
          {words('queue.flags.clear')}
        </Button>
      )}
    </div>
  );
}
