import { useState } from 'react';
import { Button, Group, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { RequiredResetView } from '../../../shared/api/required-reset.ts';
import { failureOf, useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { RequiredResetDetail } from './required-reset-detail.tsx';
import { RequiredResetProgress } from './required-reset-progress.tsx';
import { StartDialog } from './start-dialog.tsx';
import './required-resets.css';

/** All required resets with their progress; opens one, and starts a new one. */
export function RequiredResetsScreen() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [starting, setStarting] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const query = useQuery({
    queryKey: ['required-resets', 'list'],
    queryFn: () => valueOf(bridge.requiredResets.list({ query: {} })),
    retry: false,
  });
  const rows = query.data?.requiredResets ?? [];
  if (chosen !== null)
    return (
      <main className="case-centre required-resets" data-testid="required-resets">
        <RequiredResetDetail key={chosen} id={chosen} onBack={() => setChosen(null)} />
      </main>
    );
  return (
    <main className="case-centre required-resets" data-testid="required-resets">
      <Group justify="space-between">
        <Text component="h1" fz={20} fw={600} m={0}>
          {t('requiredResets.title')}
        </Text>
        <Button data-testid="required-resets-start" onClick={() => setStarting(true)}>
          {t('requiredResets.start')}
        </Button>
      </Group>
      <Text c="dimmed">{t('requiredResets.lead')}</Text>
      <FailureLine read={failureOf(query.error)} />
      {query.isPending && (
        <Skeleton role="progressbar" height={160} aria-label={t('requiredResets.loading')} />
      )}
      {query.isSuccess && rows.length === 0 && (
        <Text data-testid="required-resets-empty">{t('requiredResets.empty')}</Text>
      )}
      {rows.length > 0 && (
        <ul className="required-list">
          {rows.map((row) => (
            <Row key={row.id} row={row} onOpen={() => setChosen(row.id)} />
          ))}
        </ul>
      )}
      {starting && (
        <StartDialog
          onClose={() => setStarting(false)}
          onStarted={({ id }) => {
            setStarting(false);
            setChosen(id);
            void query.refetch();
          }}
        />
      )}
    </main>
  );
}

function Row({ row, onOpen }: { readonly row: RequiredResetView; readonly onOpen: () => void }) {
  const t = useTexts();
  return (
    <li className="step">
      <button
        type="button"
        className="required-row"
        data-testid="required-resets-row"
        aria-label={t('requiredResets.open', { reason: row.reason })}
        onClick={onOpen}
      >
        <Text span fw={600}>
          <bdi>{row.reason}</bdi>
        </Text>
      </button>
      <RequiredResetProgress row={row} />
    </li>
  );
}
