import { Button, Group, Modal, Text } from '@mantine/core';
import { useTexts } from '../../texts/use-texts.ts';
import { formatFutureTime } from '../clock/format-time.ts';
import { useSentChange } from './sent-change.ts';

/** Says that a change waits for another administrator, and who can approve it. */
export function SentDialog() {
  const t = useTexts();
  const { change, close } = useSentChange();
  if (change === null) return null;
  return (
    <Modal opened onClose={close} title={t('protectedChanges.sent.title')} withCloseButton={false}>
      <div data-testid="sent-change">
        <Text size="sm">{t('protectedChanges.sent.lead', { time: formatFutureTime(change.expiresAt) })}</Text>
        <Text size="sm" mt={8} data-testid="sent-change-approvers">
          {t('protectedChanges.sent.approvers', { names: change.approvers.join(', ') })}
        </Text>
        <Text size="sm" mt={8} c="dimmed">
          {t('protectedChanges.sent.where')}
        </Text>
        <Group mt={16} justify="flex-end">
          <Button data-autofocus data-testid="sent-change-close" onClick={close}>
            {t('protectedChanges.sent.close')}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
