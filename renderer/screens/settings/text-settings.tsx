import { Button, Group, NativeSelect, PasswordInput, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { textBodyFormats, textPlaceholders } from '../../../shared/api/text.ts';
import type { Value } from '../../../shared/bridge/contract.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { fieldTestIds } from '../../parts/forms/field-test-ids.ts';
import { ReadSection } from '../../parts/forms/read-section.tsx';
import { useOutcome } from '../../parts/forms/use-outcome.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { headerLines, headersOf } from './header-lines.ts';
import { SendTest } from './send-test.tsx';

type Stored = Value<'settings', 'texts'>;
const choices = {
  transport: ['outbox', 'gateway'],
  method: ['POST', 'PUT', 'GET'],
  bodyFormat: textBodyFormats,
} as const;

/** How text messages are sent, with a test message. */
export function TextSettingsSection() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  return (
    <ReadSection title={t('settings.texts.title')} name="texts" read={() => bridge.settings.texts({})}>
      {(stored, refetch) => <TextForm stored={stored} onStored={refetch} />}
    </ReadSection>
  );
}

function TextForm({ stored, onStored }: { readonly stored: Stored; readonly onStored: () => void }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { message, failure, settle } = useOutcome();
  const form = useForm({
    initialValues: { ...stored, headers: headerLines(stored.headers), secret: '' },
    enhanceGetInputProps: fieldTestIds('settings-texts'),
  });
  const choice = (name: keyof typeof choices) => (
    <NativeSelect
      label={t(`settings.texts.${name}`)}
      data={choices[name].map((value) => ({ value, label: t(`settings.texts.${name}s.${value}`) }))}
      {...form.getInputProps(name)}
    />
  );
  const save = async (values: typeof form.values) => {
    const { transport, method, url, headers, bodyFormat, body, secret } = values;
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
    form.setFieldValue('secret', '');
    onStored();
  };
  return (
    <form onSubmit={form.onSubmit(save)}>
      {choice('transport')}
      {form.values.transport === 'gateway' && (
        <>
          <Text size="sm" c="dimmed" mt={8}>
            {t('settings.texts.templates', {
              names: textPlaceholders.map((name) => `{{${name}}}`).join(', '),
            })}
          </Text>
          <Group align="flex-start" wrap="nowrap">
            {choice('method')}
            <TextInput
              flex={1}
              required
              label={t('settings.texts.url')}
              placeholder="https://"
              {...form.getInputProps('url')}
            />
          </Group>
          <Textarea
            label={t('settings.texts.headers')}
            autosize
            minRows={1}
            ff="monospace"
            {...form.getInputProps('headers')}
          />
          <PasswordInput
            label={t('settings.texts.secret')}
            autoComplete="new-password"
            description={stored.secretStored ? t('settings.texts.secretStored') : null}
            {...form.getInputProps('secret')}
          />
          {choice('bodyFormat')}
          {form.values.bodyFormat !== 'none' && (
            <Textarea label={t('settings.texts.body')} autosize minRows={2} {...form.getInputProps('body')} />
          )}
        </>
      )}
      <Button type="submit" mt={12} data-testid="settings-texts-save">
        {t('settings.texts.save')}
      </Button>
      <SendTest
        name="texts"
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
        {message}
      </Text>
      <FailureLine failure={failure} />
    </form>
  );
}
