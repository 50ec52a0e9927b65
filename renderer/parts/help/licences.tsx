import { useEffect, useState } from 'react';
import { Modal, Text } from '@mantine/core';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import './help.css';

/** The licences of everything in the console, read from its package. */
export default function Licences({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [text, setText] = useState<string | null | undefined>();
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    void bridge.app.licences().then((answer) => {
      setFailure(answer.ok ? null : answer.failure);
      if (answer.ok) setText(answer.value);
    });
  }, [bridge]);
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('help.licences')}
      closeButtonProps={{ 'aria-label': t('help.close') }}
      transitionProps={{ duration: 0 }}
      data-testid="licences"
    >
      <FailureLine failure={failure} />
      {text === null && (
        <Text size="sm" data-testid="licences-missing">
          {t('help.licencesMissing')}
        </Text>
      )}
      {typeof text === 'string' && (
        <pre
          className="licence-text"
          tabIndex={0}
          aria-label={t('help.licences')}
          data-testid="licences-text"
        >
          {text}
        </pre>
      )}
    </Modal>
  );
}
