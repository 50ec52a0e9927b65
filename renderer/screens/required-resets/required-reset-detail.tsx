import { useState } from 'react';
import { Button, Group, Skeleton, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Failure } from '../../../shared/errors/result.ts';
import { failureOf, useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { RequiredResetAccounts } from './required-reset-accounts.tsx';
import { RequiredResetProgress } from './required-reset-progress.tsx';
import { TellAgain } from './tell-again.tsx';
import { StopDialog } from './stop-dialog.tsx';

/** One required reset: its progress and accounts, the download of those still missing, and the action to stop it. */
export function RequiredResetDetail({ id, onBack }: { readonly id: string; readonly onBack: () => void }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [stopping, setStopping] = useState(false);
  const [saved, setSaved] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const query = useQuery({
    queryKey: ['required-resets', id],
    queryFn: () => valueOf(bridge.requiredResets.get({ params: { requiredResetId: id } })),
    retry: false,
  });
  const row = query.data;
  const save = async () => {
    setSaved(null);
    const result = await bridge.downloads.saveMissing({ requiredResetId: id });
    setFailure(result.ok ? null : result.failure);
    if (result.ok) setSaved(result.value);
  };
  return (
    <>
      <Button
        autoFocus
        data-testid="required-resets-back"
        variant="subtle"
        color="gray"
        size="compact-sm"
        className="required-back"
        leftSection={<IconArrowLeft size={16} aria-hidden />}
        onClick={onBack}
      >
        {t('requiredResets.back')}
      </Button>
      <FailureLine failure={failure} read={failureOf(query.error)} />
      {query.isPending && (
        <Skeleton role="progressbar" height={200} aria-label={t('requiredResets.loading')} />
      )}
      {row !== undefined && (
        <>
          <Text component="h1" fz={20} fw={600} m={0} data-testid="required-resets-heading">
            <bdi>{row.reason}</bdi>
          </Text>
          <RequiredResetProgress row={row} />
          <Group gap={8}>
            <Button variant="default" data-testid="required-resets-export" onClick={() => void save()}>
              {t('requiredResets.export')}
            </Button>
            {row.state === 'running' && (
              <Button variant="default" data-testid="required-resets-stop" onClick={() => setStopping(true)}>
                {t('requiredResets.stop.button')}
              </Button>
            )}
            {row.state === 'running' && row.counts['not-told'] > 0 && (
              <TellAgain id={id} count={row.counts['not-told']} />
            )}
            <Text size="sm" role="status">
              {saved === null ? '' : t('requiredResets.saved', { name: saved })}
            </Text>
          </Group>
          <RequiredResetAccounts row={row} />
        </>
      )}
      {stopping && <StopDialog id={id} onClose={() => setStopping(false)} />}
    </>
  );
}
