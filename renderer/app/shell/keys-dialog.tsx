import { Kbd, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../texts/use-texts.ts';

interface KeysDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** All keys, with what they do. */
export function KeysDialog({ opened, onClose }: KeysDialogProps) {
  const words = useWords();
  const { t } = useTranslation();
  const keys = t('shell.keyList', { returnObjects: true }) as Record<string, string>;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={words('shell.keys')}
      closeButtonProps={{ 'aria-label': words('shell.closeKeys') }}
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
