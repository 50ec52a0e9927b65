import { Button, Group, Modal, Text } from '@mantine/core';
import { useFocusReturn } from '../../parts/keys/use-focus-return.ts';
import { useTexts } from '../../texts/use-texts.ts';

/** Asks for confirmation before a drill is left. */
export function LeaveDialog({
  onStay,
  onLeave,
}: {
  readonly onStay: () => void;
  readonly onLeave: () => void;
}) {
  useFocusReturn();
  const t = useTexts();
  return (
    <Modal opened onClose={onStay} title={t('drill.leave.title')} withCloseButton={false}>
      <Text size="sm">{t('drill.leave.text')}</Text>
      <Group mt={16} justify="flex-end">
        <Button variant="default" data-testid="drill-stay" onClick={onStay}>
          {t('drill.leave.stay')}
        </Button>
        <Button data-autofocus data-testid="drill-leave-confirm" onClick={onLeave}>
          {t('drill.leave.button')}
        </Button>
      </Group>
    </Modal>
  );
}
