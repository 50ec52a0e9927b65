import { useState, type SubmitEvent } from 'react';
import { Button, Group, Modal, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useProven } from '../../parts/proof/use-proven.tsx';
import { useTexts } from '../../texts/use-texts.ts';

/** Stops a required reset: explains the consequences and asks for the reason. */
export function StopDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const client = useQueryClient();
  const proven = useProven();
  const [reason, setReason] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const stop = async (event: SubmitEvent) => {
    event.preventDefault();
    const result = await proven.run(() =>
      bridge.requiredResets.stop({ params: { requiredResetId: id }, body: { reason } }),
    );
    setFailure(result.ok ? null : result.failure);
    if (!result.ok) return;
    await client.invalidateQueries({ queryKey: ['required-resets'] });
    onClose();
  };
  return (
    <>
      <Modal opened onClose={onClose} title={t('requiredResets.stop.title')} withCloseButton={false}>
        <form onSubmit={(event) => void stop(event)}>
          <Text size="sm" mb={8}>
            {t('requiredResets.stop.text')}
          </Text>
          <TextInput
            data-autofocus
            data-testid="required-resets-stop-reason"
            label={t('requiredResets.stop.reason')}
            required
            withAsterisk={false}
            maxLength={300}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <FailureLine failure={failure} />
          <Group mt={16} justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('requiredResets.stop.cancel')}
            </Button>
            <Button
              type="submit"
              color="red"
              autoContrast
              disabled={reason.trim() === ''}
              data-testid="required-resets-stop-confirm"
            >
              {t('requiredResets.stop.confirm')}
            </Button>
          </Group>
        </form>
      </Modal>
      {proven.dialog}
    </>
  );
}
