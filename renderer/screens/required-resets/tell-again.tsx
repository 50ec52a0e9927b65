import { useState } from 'react';
import { Button, Tooltip } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useProven } from '../../parts/proof/use-proven.tsx';
import { useTexts } from '../../texts/use-texts.ts';

/** Notifies the accounts again whose mail was not delivered, or may not have been. */
export function TellAgain({ id, count }: { readonly id: string; readonly count: number }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const client = useQueryClient();
  const proven = useProven();
  const [failure, setFailure] = useState<Failure | null>(null);
  const tell = async () => {
    const result = await proven.run(() =>
      bridge.requiredResets.tellAgain({ params: { requiredResetId: id } }),
    );
    setFailure(result.ok ? null : result.failure);
    if (result.ok) await client.invalidateQueries({ queryKey: ['required-resets'] });
  };
  return (
    <>
      <Tooltip label={t('requiredResets.again.hint')} multiline maw={320}>
        <Button variant="default" data-testid="required-resets-notify-again" onClick={() => void tell()}>
          {t('requiredResets.again.button', { count })}
        </Button>
      </Tooltip>
      <FailureLine failure={failure} />
      {proven.dialog}
    </>
  );
}
