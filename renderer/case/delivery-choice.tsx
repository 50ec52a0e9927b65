import { Group, NativeSelect, Text } from '@mantine/core';
import {
  deliveryModes,
  oldPasswordFates,
  type DeliveryChoices,
  type DeliveryMode,
  type OldPasswordFate,
} from '../../shared/api/delivery.ts';
import { useWords } from '../texts/use-words.ts';

/** What was chosen instead of the default; nothing where the default stands. */
export interface ChosenDelivery {
  readonly deliveryMode?: DeliveryMode;
  readonly oldPassword?: OldPasswordFate;
}

interface DeliveryChoiceProps {
  /** Null while they are being read: the room is kept. */
  readonly choices: DeliveryChoices | null;
  readonly chosen: ChosenDelivery;
  readonly onChoose: (chosen: ChosenDelivery) => void;
}

/** How the temporary password reaches its user and what becomes of the old one. The default is chosen already: Enter goes on. */
export function DeliveryChoice({ choices, chosen, onChoose }: DeliveryChoiceProps) {
  const words = useWords();
  if (choices === null) return <div style={{ minHeight: 92 }} />;
  const mode = chosen.deliveryMode ?? choices.mode;
  const fate = chosen.oldPassword ?? choices.fate;
  return (
    <div style={{ minHeight: 92 }}>
      <Group grow mt={12} align="start">
        <NativeSelect
          label={words('case.delivery.label')}
          value={mode}
          onChange={({ currentTarget: { value } }) => {
            const deliveryMode = deliveryModes.find((one) => one === value);
            if (deliveryMode !== undefined) onChoose({ ...chosen, deliveryMode });
          }}
          data={choices.modes.map(({ mode: one, obstacle }) => ({
            value: one,
            label: words(obstacle === null ? `case.delivery.modes.${one}` : `case.delivery.closed.${one}`),
            disabled: obstacle !== null,
          }))}
        />
        <NativeSelect
          label={words('case.delivery.old')}
          value={fate}
          onChange={({ currentTarget: { value } }) => {
            const oldPassword = oldPasswordFates.find((one) => one === value);
            if (oldPassword !== undefined) onChoose({ ...chosen, oldPassword });
          }}
          data={choices.fates.map((one) => ({ value: one, label: words(`case.delivery.fates.${one}`) }))}
        />
      </Group>
      <Text size="sm" c="dimmed" mt={4}>
        {words(`case.delivery.about.${mode}`, { destination: choices.sentTo ?? '' })}
      </Text>
    </div>
  );
}
