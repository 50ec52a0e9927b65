import { Button, Group, Modal, Text } from '@mantine/core';
import { useFocusReturn } from '../../parts/keys/use-focus-return.ts';
import { useWords } from '../../texts/use-texts.ts';

/** Asks before a drill is given up. */
export function LeaveDialog({
  onStay,
  onLeave,
}: {
  readonly onStay: () => void;
  readonly onLeave: () => void;
}) {
  useFocusReturn();
  const words = useWords();
  return (
    <Modal opened onClose={onStay} title={words('drill.leave.title')} withCloseButton={false}>
      <Text size="sm">{words('drill.leave.text')}</Text>
      <Group mt={16} justify="flex-end">
        <Button variant="default" onClick={onStay}>
          {words('drill.leave.stay')}
        </Button>
        <Button data-autofocus onClick={onLeave}>
          {words('drill.leave.button')}
        </Button>
      </Group>
    </Modal>
  );
}
