import { Alert, Group, NativeSelect, NumberInput, Text, TextInput } from '@mantine/core';
import { PasswordField } from '../../parts/forms/password-field.tsx';
import type { Value } from '../../../shared/bridge/contract.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useNamedForm } from '../../parts/forms/use-named-form.ts';
import { useMarkedFields } from '../../parts/forms/marked-fields.ts';
import { ReadSection } from '../../parts/forms/read-section.tsx';
import { FormSaveBar } from '../../parts/forms/save-bar.tsx';
import { useOutcome } from '../../parts/forms/use-outcome.ts';
import { useProven } from '../../parts/proof/use-proven.tsx';
import { useKeptForm } from '../../parts/unsaved/use-kept-form.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { SendTest } from './send-test.tsx';

type Stored = Value<'settings', 'mail'>;
const transports = ['outbox', 'smtp'] as const;
const securities = ['starttls', 'tls', 'none'] as const;

/** How mail is sent, with a test mail. */
export function MailSettingsSection() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  return (
    <ReadSection title={t('settings.mail.title')} name="mail" read={() => bridge.settings.mail({})}>
      {(stored, refetch) => <MailForm stored={stored} onStored={refetch} />}
    </ReadSection>
  );
}

function MailForm({ stored, onStored }: { readonly stored: Stored; readonly onStored: () => void }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { message, failure, settle, clear } = useOutcome();
  const { run, dialog } = useProven();
  const form = useNamedForm({
    name: 'settings-mail',
    initialValues: { ...stored, password: '' },
  });
  useKeptForm(form, { name: 'mail', title: t('settings.mail.title'), secrets: ['password'] });
  const unmarked = useMarkedFields(form, failure, { labels: { to: t('settings.mail.testTo') } });
  const save = async (values: typeof form.values) => {
    const { transport, host, port, security, userName, from, password } = values;
    const body = {
      transport,
      host,
      port: Number(port),
      security,
      userName,
      from,
      ...(password !== '' && { password }),
    };
    const changed = run(() => bridge.settings.changeMail({ body }));
    if (!(await settle(changed, () => t('settings.saved')))) return;
    form.setFieldValue('password', '');
    form.resetDirty({ ...values, password: '' });
    onStored();
  };
  const options = (values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`settings.mail.${value}`) }));
  return (
    <form onSubmit={form.onSubmit(save)}>
      <fieldset disabled={stored.fixed} className="settings-fields">
        {stored.fixed && <Text size="sm">{t('settings.mail.fixed')}</Text>}
        <NativeSelect
          label={t('settings.mail.transport')}
          data={options(transports)}
          {...form.getInputProps('transport')}
        />
        {form.values.transport === 'smtp' && stored.unreachableAddress !== null && (
          <Alert color="orange" data-testid="settings-mail-unreachable">
            {t('settings.mail.unreachable', { address: stored.unreachableAddress })}
          </Alert>
        )}
        {form.values.transport === 'smtp' && (
          <>
            <Group grow>
              <TextInput label={t('settings.mail.host')} required {...form.getInputProps('host')} />
              <NumberInput
                label={t('settings.mail.port')}
                min={1}
                max={65_535}
                {...form.getInputProps('port')}
              />
              <NativeSelect
                label={t('settings.mail.security')}
                data={options(securities)}
                {...form.getInputProps('security')}
              />
            </Group>
            <Group grow align="flex-start">
              <TextInput
                label={t('settings.mail.userName')}
                autoComplete="off"
                {...form.getInputProps('userName')}
              />
              <PasswordField
                label={t('settings.mail.password')}
                autoComplete="new-password"
                description={stored.passwordStored ? t('settings.mail.passwordStored') : null}
                {...form.getInputProps('password')}
              />
            </Group>
          </>
        )}
        <TextInput label={t('settings.mail.from')} {...form.getInputProps('from')} />
        {!stored.fixed && <FormSaveBar name="settings-mail" form={form} onDiscarded={clear} />}
      </fieldset>
      <SendTest
        name="mail"
        type="email"
        label={t('settings.mail.testTo')}
        button={t('settings.mail.test')}
        onTest={(to) =>
          void settle(bridge.settings.testMail({ body: { to } }), ({ delivery }) =>
            t(`settings.mail.${delivery}`),
          )
        }
      />
      <Text role="status" size="sm" mih={20}>
        {message}
      </Text>
      <FailureLine failure={unmarked} />
      {dialog}
    </form>
  );
}
