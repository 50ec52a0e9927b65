import { useState } from 'react';
import { Button, Group, NativeSelect, PasswordInput, Text, Textarea, TextInput } from '@mantine/core';
import { textBodyFormats, textPlaceholders } from '../../../shared/api/text.ts';
import type { Value } from '../../../shared/bridge/contract.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { headerLines, headersOf } from './header-lines.ts';
import { ReadSection } from '../../parts/forms/read-section.tsx';
import { SendTest } from './send-test.tsx';
import { useOutcome } from '../../parts/forms/use-outcome.ts';

type Stored = Value<'settings', 'texts'>;
const methods = ['POST', 'PUT', 'GET'] as const;
const transports = ['outbox', 'gateway'] as const;

/** How texts to phones leave, with a test. */
export function TextSettingsSection() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  return (
    <ReadSection title={t('settings.texts.title')} name="texts" read={() => bridge.settings.texts({})}>
      {(stored, readAgain) => <TextForm stored={stored} onStored={readAgain} />}
    </ReadSection>
  );
}

function TextForm({ stored, onStored }: { readonly stored: Stored; readonly onStored: () => void }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [form, setForm] = useState(stored);
  const [headers, setHeaders] = useState(headerLines(stored.headers));
  const [secret, setSecret] = useState('');
  const { note, failure, settle } = useOutcome();
  const change = (part: Partial<Stored>) => setForm({ ...form, ...part });
  const choice = <T extends string>(
    label: string,
    value: T,
    values: readonly T[],
    set: (value: T) => void,
  ) => (
    <NativeSelect
      label={t(`settings.texts.${label}`)}
      value={value}
      onChange={({ currentTarget }) => set(values.find((one) => one === currentTarget.value) ?? value)}
      data={values.map((one) => ({ value: one, label: t(`settings.texts.${label}s.${one}`) }))}
    />
  );
  const save = async () => {
    const { transport, method, url, bodyFormat, body } = form;
    const changed = bridge.settings.changeTexts({
      body: {
        transport,
        method,
        url,
        headers: headersOf(headers),
        bodyFormat,
        body,
        ...(secret !== '' && { secret }),
      },
    });
    if (!(await settle(changed, () => t('settings.saved')))) return;
    setSecret('');
    onStored();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {choice('transport', form.transport, transports, (transport) => change({ transport }))}
      {form.transport === 'gateway' && (
        <>
          <Text size="sm" c="dimmed" mt={8}>
            {t('settings.texts.templates', {
              names: textPlaceholders.map((name) => `{{${name}}}`).join(', '),
            })}
          </Text>
          <Group align="flex-start" wrap="nowrap">
            {choice('method', form.method, methods, (method) => change({ method }))}
            <TextInput
              flex={1}
              required
              label={t('settings.texts.url')}
              placeholder="https://"
              value={form.url}
              onChange={({ currentTarget: { value } }) => change({ url: value })}
            />
          </Group>
          <Textarea
            label={t('settings.texts.headers')}
            autosize
            minRows={1}
            ff="monospace"
            value={headers}
            onChange={({ currentTarget: { value } }) => setHeaders(value)}
          />
          <PasswordInput
            label={t('settings.texts.secret')}
            autoComplete="new-password"
            description={stored.secretStored ? t('settings.texts.secretStored') : null}
            value={secret}
            onChange={({ currentTarget: { value } }) => setSecret(value)}
          />
          {choice('bodyFormat', form.bodyFormat, textBodyFormats, (bodyFormat) => change({ bodyFormat }))}
          {form.bodyFormat !== 'none' && (
            <Textarea
              label={t('settings.texts.body')}
              autosize
              minRows={2}
              value={form.body}
              onChange={({ currentTarget: { value } }) => change({ body: value })}
            />
          )}
        </>
      )}
      <Button type="submit" mt={12}>
        {t('settings.texts.save')}
      </Button>
      <SendTest
        type="tel"
        label={t('settings.texts.testTo')}
        button={t('settings.texts.test')}
        onTest={(to) =>
          void settle(bridge.settings.testText({ body: { to } }), ({ delivery }) =>
            t(`settings.texts.${delivery}`),
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
