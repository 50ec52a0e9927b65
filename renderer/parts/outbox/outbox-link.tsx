import { createContext, use } from 'react';
import { Button } from '@mantine/core';
import type { KeptMessage } from '../../../shared/api/mail.ts';
import { useTexts } from '../../texts/use-texts.ts';

const OpenMessage = createContext<((message: KeptMessage) => void) | null>(null);

/** Opens a message in the outbox; null for operators who may not read it. */
export const OutboxLink = OpenMessage.Provider;

/** The way from a message that was kept instead of sent to the outbox. Nothing for operators who may not read it. */
export function ReadInOutbox({ message }: { readonly message: KeptMessage | undefined }) {
  const t = useTexts();
  const open = use(OpenMessage);
  if (open === null || message === undefined) return null;
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      ml={-8}
      style={{ alignSelf: 'flex-start' }}
      title={t('outbox.openHint')}
      data-testid="case-read-in-outbox"
      onClick={() => open(message)}
    >
      {t('outbox.open')}
    </Button>
  );
}
