import { Modal } from '@mantine/core';
import { KeyList } from '../../parts/keys/key-list.tsx';
import { useTexts } from '../../texts/use-texts.ts';

interface KeysDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** All keyboard shortcuts and what they do. */
export function KeysDialog({ opened, onClose }: KeysDialogProps) {
  const t = useTexts();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('shell.keys')}
      closeButtonProps={{ 'aria-label': t('shell.closeKeys') }}
    >
      <KeyList />
    </Modal>
  );
}
