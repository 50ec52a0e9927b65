import { Kbd, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useTexts } from '../../texts/use-texts.ts';

interface KeysDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** All keyboard shortcuts and what they do. */
export function KeysDialog({ opened, onClose }: KeysDialogProps) {
  const t = useTexts();
  const { i18n } = useTranslation();
  const keys = i18n.t('shell.keyList', { returnObjects: true }) as Record<string, string>;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('shell.keys')}
      closeButtonProps={{ 'aria-label': t('shell.closeKeys') }}
    >
      <dl className="facts">
        {Object.entries(keys).map(([key, meaning]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>
              <Kbd>{key}</Kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
