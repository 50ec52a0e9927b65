import { Group, NativeSelect, Text } from '@mantine/core';
import {
  deliveryChannels,
  deliveryModes,
  oldPasswordFates,
  type DeliveryChannel,
  type DeliveryChoices,
  type DeliveryMode,
  type OldPasswordFate,
} from '../../../shared/api/delivery.ts';
import { useTexts } from '../../texts/use-texts.ts';

/** The operator's choices; absent where the default applies. */
export interface ChosenDelivery {
  readonly deliveryMode?: DeliveryMode;
  readonly oldPassword?: OldPasswordFate;
  readonly sentBy?: DeliveryChannel;
}

interface DeliveryChoiceProps {
  /** Null while loading; the space is reserved. */
  readonly choices: DeliveryChoices | null;
  readonly chosen: ChosenDelivery;
  readonly onChoose: (chosen: ChosenDelivery) => void;
}

/**
 * Chooses the delivery of the temporary password, its channel, and what happens to the old password. The defaults are preselected. If the
 * chosen delivery is impossible, it says why and what to do.
 */
export function DeliveryChoice({ choices, chosen, onChoose }: DeliveryChoiceProps) {
  const t = useTexts();
  if (choices === null) return <div style={{ minHeight: 116 }} />;
  const mode = chosen.deliveryMode ?? choices.mode;
  const fate = chosen.oldPassword ?? choices.fate;
  const openChannels = choices.channels.filter(({ obstacle }) => obstacle === null);
  const channel = choices.channels.find((choice) => choice.channel === (chosen.sentBy ?? choices.channel));
  const closed = choices.modes.find((choice) => choice.mode === mode)?.obstacle === 'no-channel';
  const otherMode = choices.modes.some(({ obstacle }) => obstacle === null);
  return (
    <div style={{ minHeight: 116 }}>
      <Group grow mt={12} align="start">
        <NativeSelect
          data-testid="reset-delivery"
          label={t('case.delivery.label')}
          value={mode}
          onChange={({ currentTarget: { value } }) => {
            const deliveryMode = deliveryModes.find((known) => known === value);
            if (deliveryMode === undefined) return;
            const { sentBy: _sentBy, ...rest } = chosen;
            onChoose({ ...(deliveryMode === 'spoken' ? rest : chosen), deliveryMode });
          }}
          data={choices.modes.map(({ mode: value, obstacle }) => ({
            value,
            label: t(obstacle === null ? `case.delivery.modes.${value}` : `case.delivery.closed.${value}`),
            disabled: obstacle !== null,
          }))}
        />
        <NativeSelect
          data-testid="reset-old-password"
          label={t('case.delivery.old')}
          value={fate}
          onChange={({ currentTarget: { value } }) => {
            const oldPassword = oldPasswordFates.find((known) => known === value);
            if (oldPassword !== undefined) onChoose({ ...chosen, oldPassword });
          }}
          data={choices.fates.map((value) => ({ value, label: t(`case.delivery.fates.${value}`) }))}
        />
      </Group>
      {openChannels.length > 1 && (
        <NativeSelect
          mt={8}
          data-testid="reset-sent-by"
          label={t('case.delivery.by')}
          disabled={mode === 'spoken'}
          value={channel?.channel ?? 'mail'}
          onChange={({ currentTarget: { value } }) => {
            const sentBy = deliveryChannels.find((known) => known === value);
            if (sentBy !== undefined) onChoose({ ...chosen, sentBy });
          }}
          data={openChannels.map(({ channel: value, sentTo }) => ({
            value,
            label: t(`case.delivery.channels.${value}`, { destination: sentTo ?? '' }),
          }))}
        />
      )}
      {closed ? (
        <div role="alert">
          {choices.channels.map(({ channel: name, obstacle }) => (
            <Text key={name} size="sm" mt={4}>
              {t(`case.delivery.why.${name}.${obstacle ?? 'no-address'}`)}
            </Text>
          ))}
          <Text size="sm" mt={4} fw={600}>
            {t(`case.delivery.instead.${otherMode ? 'choose' : 'nothing'}`)}
          </Text>
        </div>
      ) : (
        <Text size="sm" c="dimmed" mt={4}>
          {t(`case.delivery.about.${mode}`, { destination: channel?.sentTo ?? '' })}
        </Text>
      )}
    </div>
  );
}
