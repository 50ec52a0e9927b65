import { Group, NativeSelect, Text } from '@mantine/core';
import {
  deliveryChannels,
  deliveryModes,
  oldPasswordFates,
  resetCredentials,
  type DeliveryChannel,
  type DeliveryChoices,
  type DeliveryMode,
  type OldPasswordFate,
  type ResetCredential,
} from '../../../shared/api/delivery.ts';
import { useTexts } from '../../texts/use-texts.ts';

/** The operator's choices; absent where the default applies. */
export interface ChosenDelivery {
  readonly credential?: ResetCredential;
  readonly deliveryMode?: DeliveryMode;
  readonly oldPassword?: OldPasswordFate;
  readonly sentBy?: DeliveryChannel;
}

interface DeliveryChoiceProps {
  /** Null while loading; the space is reserved. */
  readonly choices: DeliveryChoices | null;
  readonly chosen: ChosenDelivery;
  readonly onChoose: (chosen: ChosenDelivery) => void;
  /** Whether the password may open the mailbox on file as well, as in an organisation's own directory. */
  readonly mayOpenMailbox: boolean;
}

/**
 * The choice between a temporary password and a one-time pass, if the directory issues passes, and of the password's delivery. A pass is read out and
 * leaves the password unchanged, so it has no further choices.
 */
export function DeliveryChoice({ choices, chosen, onChoose, mayOpenMailbox }: DeliveryChoiceProps) {
  const t = useTexts();
  if (choices === null) return <div style={{ minHeight: 116 }} />;
  const isPass = chosen.credential === 'access-pass';
  return (
    <div style={{ minHeight: 116 }}>
      {choices.credentials.length > 1 && (
        <NativeSelect
          mt={12}
          data-testid="reset-credential"
          label={t('case.delivery.credential')}
          value={chosen.credential ?? 'password'}
          onChange={({ currentTarget: { value } }) => {
            const credential = resetCredentials.find((known) => known === value);
            if (credential !== undefined) onChoose({ credential });
          }}
          data={choices.credentials.map(({ credential: value, obstacle }) => ({
            value,
            label: t(`case.delivery.${obstacle === null ? 'credentials' : 'credentialsClosed'}.${value}`),
            disabled: obstacle !== null,
          }))}
        />
      )}
      {isPass ? (
        <Text size="sm" c="dimmed" mt={8}>
          {t('case.delivery.aboutPass')}
        </Text>
      ) : (
        <PasswordDelivery
          choices={choices}
          chosen={chosen}
          onChoose={onChoose}
          mayOpenMailbox={mayOpenMailbox}
        />
      )}
    </div>
  );
}

/**
 * The delivery of the temporary password, its channel, and what happens to the old password. If the chosen delivery is impossible, it explains why
 * and what to do.
 */
function PasswordDelivery({
  choices,
  chosen,
  onChoose,
  mayOpenMailbox,
}: DeliveryChoiceProps & { readonly choices: DeliveryChoices }) {
  const t = useTexts();
  const mode = chosen.deliveryMode ?? choices.mode;
  const fate = chosen.oldPassword ?? choices.fate;
  const openChannels = choices.channels.filter(({ obstacle }) => obstacle === null);
  const channel = choices.channels.find((choice) => choice.channel === (chosen.sentBy ?? choices.channel));
  const closed = choices.modes.find((choice) => choice.mode === mode)?.obstacle === 'no-channel';
  const otherMode = choices.modes.some(({ obstacle }) => obstacle === null);
  return (
    <>
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
          {mayOpenMailbox &&
            mode !== 'spoken' &&
            channel?.channel === 'mail' &&
            ` ${t(`case.delivery.mailbox.${openChannels.length > 1 ? 'text' : 'spoken'}`)}`}
        </Text>
      )}
    </>
  );
}
