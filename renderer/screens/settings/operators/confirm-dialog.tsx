import { useState } from 'react';
import { Button, Group, Modal, Text } from '@mantine/core';
import type { Failure } from '../../../../shared/errors/result.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { useTexts } from '../../../texts/use-texts.ts';

export type Confirmed =
  'secondFactor' | 'unlink' | 'linkDirectory' | 'unlinkDirectory' | 'disable' | 'remove' | 'revoke';

interface ConfirmDialogProps {
  readonly what: Confirmed;
  readonly name: string;
  /** Runs the action; answers the failure, or null. */
  readonly onConfirm: () => Promise<Failure | null>;
  readonly onClose: () => void;
}

/** Names the operator and the consequences, and focuses the button that cancels. */
export function ConfirmDialog({ what, name, onConfirm, onClose }: ConfirmDialogProps) {
  const t = useTexts();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const confirm = async () => {
    setBusy(true);
    setFailure(await onConfirm());
    setBusy(false);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={<bdi>{t(`operators.confirm.${what}.title`, { name })}</bdi>}
      withCloseButton={false}
    >
      <Text size="sm">{t(`operators.confirm.${what}.text`)}</Text>
      <FailureLine failure={failure} />
      <Group mt={16} justify="flex-end">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('operators.confirm.cancel')}
        </Button>
        <Button color="red" loading={busy} data-testid="operator-confirm" onClick={() => void confirm()}>
          {t(`operators.confirm.${what}.button`)}
        </Button>
      </Group>
    </Modal>
  );
}
