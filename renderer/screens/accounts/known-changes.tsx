import { useState, type SubmitEvent } from 'react';
import { Button, Group, NativeSelect, NumberInput, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { knownChangeKinds } from '../../../shared/api/known-change.ts';
import { useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { formatDate } from '../../parts/clock/format-time.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useOutcome } from '../../parts/forms/use-outcome.ts';
import { useProven } from '../../parts/proof/use-proven.tsx';
import { useTexts } from '../../texts/use-texts.ts';

const empty = { kind: 'mail-domain', from: '', to: '', days: 14, reason: '' } as const;
type Announced = {
  readonly kind: (typeof knownChangeKinds)[number];
  readonly from: string;
  readonly to: string;
  readonly days: number;
  readonly reason: string;
};

/** Changes of contact data that are announced before an import brings them. */
export function KnownChanges() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const client = useQueryClient();
  const proven = useProven();
  const outcome = useOutcome();
  const [typed, setTyped] = useState<Announced>(empty);
  const known = useQuery({
    queryKey: ['known-changes'],
    queryFn: () => valueOf(bridge.knownChanges.list({})),
  });
  const refresh = () => client.invalidateQueries({ queryKey: ['known-changes'] });
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const isDone = await outcome.settle(
      proven.run(() => bridge.knownChanges.announce({ body: typed })),
      () => t('accounts.known.announced'),
    );
    if (isDone) setTyped(empty);
    await refresh();
  };
  const withdraw = async (knownChangeId: string) => {
    await outcome.settle(bridge.knownChanges.withdraw({ params: { knownChangeId } }), () => '');
    await refresh();
  };
  const text = (name: 'from' | 'to' | 'reason') => (
    <TextInput
      label={name === 'reason' ? t('accounts.reason') : t(`accounts.known.${name}`)}
      data-testid={`known-${name}`}
      value={typed[name]}
      onChange={({ currentTarget: { value } }) => {
        setTyped({ ...typed, [name]: value });
      }}
    />
  );
  return (
    <section aria-label={t('accounts.known.title')}>
      <h2>{t('accounts.known.title')}</h2>
      <Text c="dimmed">{t('accounts.known.lead')}</Text>
      {(known.data?.changes ?? []).map((change) => (
        <Group key={change.id} mt={8} justify="space-between" data-testid="known-change">
          <Text>
            {t('accounts.known.until', {
              from: change.from,
              to: change.to,
              time: formatDate(change.until),
              name: change.announcedBy,
              reason: change.reason,
            })}
          </Text>
          <Button variant="default" data-testid="known-withdraw" onClick={() => void withdraw(change.id)}>
            {t('accounts.known.withdraw')}
          </Button>
        </Group>
      ))}
      <form onSubmit={(event) => void submit(event)}>
        <Group align="end" mt={8}>
          <NativeSelect
            label={t('accounts.known.kind')}
            data-testid="known-kind"
            value={typed.kind}
            data={knownChangeKinds.map((kind) => ({ value: kind, label: t(`accounts.known.kinds.${kind}`) }))}
            onChange={({ currentTarget: { value } }) => {
              const kind = knownChangeKinds.find((one) => one === value);
              if (kind !== undefined) setTyped({ ...typed, kind });
            }}
          />
          {text('from')}
          {text('to')}
          <NumberInput
            label={t('accounts.known.days')}
            data-testid="known-days"
            w={90}
            min={1}
            max={90}
            value={typed.days}
            onChange={(days) => {
              setTyped({ ...typed, days: Number(days) });
            }}
          />
          {text('reason')}
          <Button
            type="submit"
            data-testid="known-announce"
            disabled={typed.from === '' || typed.to === '' || typed.reason.trim().length < 3}
          >
            {t('accounts.known.announce')}
          </Button>
        </Group>
      </form>
      {outcome.message !== '' && <Text role="status">{outcome.message}</Text>}
      {proven.dialog}
      <FailureLine failure={outcome.failure} />
    </section>
  );
}
