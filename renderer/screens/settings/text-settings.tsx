import { Group, NativeSelect, Text, Textarea, TextInput } from '@mantine/core';
import { PasswordField } from '../../parts/forms/password-field.tsx';
import type { UseFormReturnType } from '@mantine/form';
import { textBodyFormats, textPlaceholders, type TextAcceptance } from '../../../shared/api/text.ts';
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
import { gatewayPresets } from './gateway-presets.ts';
import { headerLines, headersOf } from './header-lines.ts';
import { SendTest } from './send-test.tsx';

type Stored = Value<'settings', 'texts'>;
const choices = {
  transport: ['outbox', 'gateway'],
  method: ['POST', 'PUT', 'GET'],
  bodyFormat: textBodyFormats,
  acceptedWhen: ['status', 'contains', 'json'],
} as const;

/** The fields of the form for when a text counts as accepted. */
const acceptanceFields = (accepted: TextAcceptance) => ({
  acceptedWhen: accepted.when,
  acceptedText: accepted.when === 'contains' ? accepted.text : '',
  acceptedPath: accepted.when === 'json' ? accepted.path : '',
  acceptedValue: accepted.when === 'json' ? accepted.value : '',
});
type AcceptanceFields = ReturnType<typeof acceptanceFields>;
const acceptanceOf = (fields: AcceptanceFields): TextAcceptance => {
  if (fields.acceptedWhen === 'contains') return { when: 'contains', text: fields.acceptedText };
  if (fields.acceptedWhen === 'json')
    return { when: 'json', path: fields.acceptedPath, value: fields.acceptedValue };
  return { when: 'status' };
};

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

const formValuesOf = (stored: Stored) => ({
  ...stored,
  ...acceptanceFields(stored.accepted),
  headers: headerLines(stored.headers),
  secret: '',
});
type FormValues = ReturnType<typeof formValuesOf>;

const settingsOf = (values: FormValues) => {
  const { transport, method, url, headers, bodyFormat, body, country, secret } = values;
  return {
    transport,
    method,
    url,
    headers: headersOf(headers),
    bodyFormat,
    body,
    accepted: acceptanceOf(values),
    country: country.trim().toUpperCase(),
    ...(secret !== '' && { secret }),
  };
};

function TextForm({ stored, onStored }: { readonly stored: Stored; readonly onStored: () => void }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { message, failure, settle, clear } = useOutcome();
  const { run, dialog } = useProven();
  const form = useNamedForm({
    name: 'settings-texts',
    initialValues: formValuesOf(stored),
  });
  useKeptForm(form, { name: 'texts', title: t('settings.texts.title'), secrets: ['secret', 'headers'] });
  const unmarked = useMarkedFields(form, failure, {
    fields: {
      'accepted.when': 'acceptedWhen',
      'accepted.text': 'acceptedText',
      'accepted.path': 'acceptedPath',
      'accepted.value': 'acceptedValue',
    },
    labels: { to: t('settings.texts.testTo') },
  });
  const save = async (values: FormValues) => {
    const changed = run(() => bridge.settings.changeTexts({ body: settingsOf(values) }));
    if (!(await settle(changed, () => t('settings.saved')))) return;
    form.setFieldValue('secret', '');
    form.resetDirty({ ...form.getValues(), secret: '' });
    onStored();
  };
  return (
    <form onSubmit={form.onSubmit(save)}>
      <ChoiceField form={form} name="transport" />
      {form.values.transport === 'gateway' && (
        <GatewayFields form={form} secretStored={stored.secretStored} />
      )}
      <FormSaveBar name="settings-texts" form={form} onDiscarded={clear} />
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
      <FailureLine failure={unmarked} />
      {dialog}
    </form>
  );
}

interface FieldsProps {
  readonly form: UseFormReturnType<FormValues>;
}

function ChoiceField({ form, name }: FieldsProps & { readonly name: keyof typeof choices }) {
  const t = useTexts();
  return (
    <NativeSelect
      label={t(`settings.texts.${name}`)}
      data={choices[name].map((value) => ({ value, label: t(`settings.texts.${name}s.${value}`) }))}
      {...form.getInputProps(name)}
    />
  );
}

/** The request that sends a text, which a preset can fill in, and how its response is read. */
function GatewayFields({ form, secretStored }: FieldsProps & { readonly secretStored: boolean }) {
  const t = useTexts();
  const fillIn = (name: string) => {
    const preset = Object.entries(gatewayPresets).find(([known]) => known === name)?.[1];
    if (preset === undefined) return;
    const { accepted, headers, ...fields } = preset;
    form.setValues({ ...fields, ...acceptanceFields(accepted), headers: headerLines(headers) });
  };
  return (
    <>
      <NativeSelect
        label={t('settings.texts.preset')}
        data={[{ value: '', label: t('settings.texts.presetNone') }, ...Object.keys(gatewayPresets)]}
        value=""
        data-testid="settings-texts-preset"
        onChange={({ currentTarget }) => fillIn(currentTarget.value)}
      />
      <Text size="sm" c="dimmed" mt={8}>
        {t('settings.texts.templates', {
          names: textPlaceholders.map((name) => `{{${name}}}`).join(', '),
        })}
      </Text>
      <Group align="flex-start" wrap="nowrap">
        <ChoiceField form={form} name="method" />
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
      <PasswordField
        label={t('settings.texts.secret')}
        autoComplete="new-password"
        description={secretStored ? t('settings.texts.secretStored') : null}
        {...form.getInputProps('secret')}
      />
      <ChoiceField form={form} name="bodyFormat" />
      {form.values.bodyFormat !== 'none' && (
        <Textarea label={t('settings.texts.body')} autosize minRows={2} {...form.getInputProps('body')} />
      )}
      <AcceptanceInputs form={form} />
      <TextInput
        label={t('settings.texts.country')}
        description={t('settings.texts.countryHint')}
        maxLength={2}
        w={240}
        {...form.getInputProps('country')}
      />
    </>
  );
}

/** When a response of the gateway means that the text was accepted. */
function AcceptanceInputs({ form }: FieldsProps) {
  const t = useTexts();
  return (
    <Group align="flex-start" wrap="nowrap">
      <ChoiceField form={form} name="acceptedWhen" />
      {form.values.acceptedWhen === 'contains' && (
        <TextInput
          flex={1}
          required
          label={t('settings.texts.acceptedText')}
          {...form.getInputProps('acceptedText')}
        />
      )}
      {form.values.acceptedWhen === 'json' && (
        <>
          <TextInput
            flex={1}
            required
            label={t('settings.texts.acceptedPath')}
            placeholder="messages.0.status"
            {...form.getInputProps('acceptedPath')}
          />
          <TextInput label={t('settings.texts.acceptedValue')} {...form.getInputProps('acceptedValue')} />
        </>
      )}
    </Group>
  );
}
