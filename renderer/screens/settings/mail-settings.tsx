import { useState } from 'react';
import { Button, Group, NativeSelect, NumberInput, PasswordInput, Text, TextInput } from '@mantine/core';
import type { Value } from '../../../shared/bridge/contract.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { ReadSection } from '../../parts/forms/read-section.tsx';
import { SendTest } from './send-test.tsx';
import { useOutcome } from '../../parts/forms/use-outcome.ts';

type Stored = Value<'settings', 'mail'>;

/** How mail leaves, with a test mail. */
export function MailSettingsSection() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  return (
    <ReadSection title={t('settings.mail.title')} name="mail" read={() => bridge.settings.mail({})}>
      {(stored, readAgain) => <MailForm stored={stored} onStored={readAgain} />}
    </ReadSection>
  );
}

function MailForm({ stored, onStored }: { readonly stored: Stored; readonly onStored: () => void }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [form, setForm] = useState(stored);
  const [password, setPassword] = useState('');
  const { note, failure, settle } = useOutcome();
  const change = (part: Partial<Stored>) => setForm({ ...form, ...part });
  const save = async () => {
    const { transport, host, port, security, userName, from } = form;
    const changed = bridge.settings.changeMail({
      body: { transport, host, port, security, userName, from, ...(password === '' ? {} : { password }) },
    });
    if (!(await settle(changed, () => t('settings.saved')))) return;
    setPassword('');
    onStored();
  };
  const smtp = form.transport === 'smtp';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <fieldset disabled={stored.fixed} style={{ border: 0, padding: 0, margin: 0 }}>
        {stored.fixed && <Text size="sm">{t('settings.mail.fixed')}</Text>}
        <NativeSelect
          label={t('settings.mail.transport')}
          value={form.transport}
          onChange={(event) =>
            change({ transport: event.currentTarget.value === 'smtp' ? 'smtp' : 'outbox' })
          }
          data={(['outbox', 'smtp'] as const).map((value) => ({
            value,
            label: t(`settings.mail.${value}`),
          }))}
        />
        {smtp && (
          <>
            <Group grow>
              <TextInput
                label={t('settings.mail.host')}
                required
                value={form.host}
                onChange={(event) => change({ host: event.currentTarget.value })}
              />
              <NumberInput
                label={t('settings.mail.port')}
                min={1}
                max={65_535}
                value={form.port}
                onChange={(value) => change({ port: Number(value) })}
              />
              <NativeSelect
                label={t('settings.mail.security')}
                value={form.security}
                onChange={(event) =>
                  change({
                    security:
                      (['starttls', 'tls', 'none'] as const).find(
                        (one) => one === event.currentTarget.value,
                      ) ?? 'starttls',
                  })
                }
                data={(['starttls', 'tls', 'none'] as const).map((value) => ({
                  value,
                  label: t(`settings.mail.${value}`),
                }))}
              />
            </Group>
            <Group grow align="flex-start">
              <TextInput
                label={t('settings.mail.userName')}
                autoComplete="off"
                value={form.userName}
                onChange={(event) => change({ userName: event.currentTarget.value })}
              />
              <PasswordInput
                label={t('settings.mail.password')}
                autoComplete="new-password"
                description={stored.passwordStored ? t('settings.mail.passwordStored') : null}
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
              />
            </Group>
          </>
        )}
        <TextInput
          label={t('settings.mail.from')}
          value={form.from}
          onChange={(event) => change({ from: event.currentTarget.value })}
        />
        <Button type="submit" mt={12}>
          {t('settings.save')}
        </Button>
      </fieldset>
      <SendTest
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
        {note}
      </Text>
      <FailureLine failure={failure} />
    </form>
  );
}
