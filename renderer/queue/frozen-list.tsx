import { useState } from 'react';
import { Button, Group, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { FrozenRow } from '../../shared/api/freeze.ts';
import type { Failure } from '../../shared/errors/result.ts';
import { failureOf, useConsoleBridge, valueOf } from '../bridge/console-bridge.ts';
import { clockWords } from '../clock/clock-words.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { useWords } from '../texts/use-words.ts';

/** Accounts that their owners froze, until an approver has talked to them and lets them go. Nothing when there are none. */
export function FrozenList() {
  const words = useWords();
  const bridge = useConsoleBridge();
  const query = useQuery({
    queryKey: ['queue', 'frozen'],
    queryFn: () => valueOf(bridge.frozen.list({ query: {} })),
  });
  const frozen = query.data?.frozen ?? [];
  if (frozen.length === 0) return <FailureLine failure={failureOf(query.error)} />;
  return (
    <section className="step" aria-label={words('queue.frozen.title')}>
      <div className="step-head">
        <h2>{words('queue.frozen.title')}</h2>
      </div>
      <div className="step-body">
        {frozen.map((row) => (
          <Frozen key={row.accountId} row={row} />
        ))}
      </div>
    </section>
  );
}

function Frozen({ row }: { readonly row: FrozenRow }) {
  const words = useWords();
  const bridge = useConsoleBridge();
  const client = useQueryClient();
  const [lifting, setLifting] = useState(false);
  const [reason, setReason] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const lift = async () => {
    const result = await bridge.frozen.lift({ params: { accountId: row.accountId }, body: { reason } });
    setFailure(result.ok ? null : result.failure);
    if (result.ok) await client.invalidateQueries({ queryKey: ['queue'] });
  };
  return (
    <div className="flag">
      <Text fw={500}>
        <bdi>{row.displayName}</bdi>{' '}
        <Text span size="sm" c="dimmed">
          <bdi>{row.userName}</bdi>
        </Text>
      </Text>
      <Text size="sm">
        {words('queue.frozen.line', { time: clockWords(row.at) })}
        {row.mail === null
          ? ''
          : ` ${words('queue.frozen.mail', { subject: row.mail.subject, time: clockWords(row.mail.at) })}`}
      </Text>
      {lifting ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void lift();
          }}
        >
          <TextInput
            autoFocus
            label={words('queue.frozen.reason')}
            required
            withAsterisk={false}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <FailureLine failure={failure} />
          <Group gap={8} mt={8}>
            <Button type="submit" size="compact-sm">
              {words('queue.frozen.confirm')}
            </Button>
            <Button variant="default" size="compact-sm" onClick={() => setLifting(false)}>
              {words('queue.frozen.cancel')}
            </Button>
          </Group>
        </form>
      ) : (
        <Button variant="default" size="compact-sm" mt={4} onClick={() => setLifting(true)}>
          {words('queue.frozen.lift')}
        </Button>
      )}
    </div>
  );
}
