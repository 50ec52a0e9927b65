import { useState, type ReactNode, type SubmitEvent } from 'react';
import { Button, Group, Modal, Text, Textarea } from '@mantine/core';
import { limits } from '../../../shared/api/limits.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useTexts } from '../../texts/use-texts.ts';

interface ReasonDialogProps {
  readonly title: string;
  readonly action: string;
  readonly failure: Failure | null;
  readonly children: ReactNode;
  readonly onConfirm: (reason: string) => Promise<void>;
  readonly onCancel: () => void;
}

/** Asks for a reason before an action. */
export function ReasonDialog({ title, action, failure, children, onConfirm, onCancel }: ReasonDialogProps) {
  const t = useTexts();
  const [reason, setReason] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setIsBusy(true);
    await onConfirm(reason.trim());
    setIsBusy(false);
  };
  return (
    <Modal opened onClose={onCancel} title={title} withCloseButton={false}>
      <form onSubmit={(event) => void submit(event)}>
        {typeof children === 'string' ? <Text mb={12}>{children}</Text> : children}
        <Textarea
          label={t('accounts.reason')}
          data-testid="reason"
          data-autofocus
          autosize
          minRows={2}
          maxLength={limits.note}
          value={reason}
          onChange={({ currentTarget: { value } }) => {
            setReason(value);
          }}
        />
        <FailureLine failure={failure} />
        <Group mt={16} justify="flex-end">
          <Button variant="default" data-testid="reason-cancel" onClick={onCancel}>
            {t('accounts.cancel')}
          </Button>
          <Button
            type="submit"
            loading={isBusy}
            disabled={reason.trim().length < 3}
            data-testid="reason-confirm"
          >
            {action}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
