import { useState } from 'react';
import { Button, NativeSelect, Text, Textarea, TextInput } from '@mantine/core';
import type { TemplateView } from '../../../../shared/api/mail-template.ts';
import type { Value } from '../../../../shared/bridge/contract.ts';
import { useConsoleBridge } from '../../../bridge/console-bridge.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { useNamedForm } from '../../../parts/forms/use-named-form.ts';
import { ReadSection } from '../../../parts/forms/read-section.tsx';
import { FormSaveBar } from '../../../parts/forms/save-bar.tsx';
import { useOutcome } from '../../../parts/forms/use-outcome.ts';
import { useProven } from '../../../parts/proof/use-proven.tsx';
import { useKeptForm } from '../../../parts/unsaved/use-kept-form.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { SendTest } from '../send-test.tsx';
import { MailPreview } from './mail-preview.tsx';

/** The texts of all mails, to edit, preview and test. */
export function TemplateSettingsSection() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  return (
    <ReadSection
      title={t('settings.templates.title')}
      name="templates"
      read={() => bridge.settings.templates({})}
    >
      {({ templates }, refetch) => <TemplateChoice templates={templates} onChanged={refetch} />}
    </ReadSection>
  );
}

interface TemplateChoiceProps {
  readonly templates: readonly TemplateView[];
  readonly onChanged: () => void;
}

function TemplateChoice({ templates, onChanged }: TemplateChoiceProps) {
  const t = useTexts();
  const [name, setName] = useState<TemplateView['name']>('reset-link');
  const chosen = templates.find((template) => template.name === name);
  return (
    <>
      <NativeSelect
        label={t('settings.templates.which')}
        data-testid="settings-templates-name"
        value={name}
        onChange={(event) => {
          const next = templates.find((template) => template.name === event.currentTarget.value);
          if (next) setName(next.name);
        }}
        data={templates.map((template) => ({
          value: template.name,
          label: t(`settings.templates.names.${template.name}`),
        }))}
      />
      {chosen !== undefined && (
        <TemplateForm key={`${chosen.name} ${chosen.version}`} template={chosen} onChanged={onChanged} />
      )}
    </>
  );
}

interface TemplateFormProps {
  readonly template: TemplateView;
  readonly onChanged: () => void;
}

function TemplateForm({ template, onChanged }: TemplateFormProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { message, failure, settle, clear } = useOutcome();
  const { run, dialog } = useProven();
  const [preview, setPreview] = useState<Value<'settings', 'previewTemplate'> | null>(null);
  const form = useNamedForm({
    name: 'settings-templates',
    initialValues: { subject: template.subject, body: template.body },
  });
  useKeptForm(form, {
    name: `template ${template.name} ${template.version}`,
    title: t('settings.templates.title'),
  });
  const params = { template: template.name };
  const faultOf = (field: keyof typeof form.values) =>
    failure?.fields
      ?.filter(({ path }) => path === `body.${field}`)
      .map(({ message: fault }) => fault)
      .join(' ');
  /** Saves new texts; null restores the original. */
  const save = async (texts: typeof form.values | null) => {
    const body = { basedOn: template.version, words: texts };
    const changed = run(() => bridge.settings.changeTemplate({ params, body }));
    if (await settle(changed, () => '')) onChanged();
  };
  const showPreview = async () => {
    const isValid = await settle(bridge.settings.previewTemplate({ params, body: form.values }), (mail) => {
      setPreview(mail);
      return '';
    });
    if (!isValid) setPreview(null);
  };
  return (
    <form onSubmit={form.onSubmit(save)}>
      {dialog}
      <TextInput
        label={t('settings.templates.subject')}
        {...form.getInputProps('subject')}
        error={faultOf('subject')}
      />
      <Textarea
        label={t('settings.templates.body')}
        description={t('settings.templates.placeholders', {
          names: template.placeholders
            .map((placeholder) => `{{${placeholder.name}}}${placeholder.mandatory ? '*' : ''}`)
            .join(' '),
        })}
        autosize
        minRows={8}
        maxRows={20}
        {...form.getInputProps('body')}
        error={faultOf('body')}
      />
      <Text size="sm" c="dimmed" mt={4}>
        {template.original
          ? t('settings.templates.original')
          : t('settings.templates.changed', {
              version: template.version,
              by: template.changedBy ?? '',
            })}
      </Text>
      <FormSaveBar name="settings-templates" form={form} onDiscarded={clear}>
        <Button variant="default" data-testid="settings-templates-preview" onClick={() => void showPreview()}>
          {t('settings.templates.preview')}
        </Button>
        {!template.original && (
          <Button variant="default" data-testid="settings-templates-reset" onClick={() => void save(null)}>
            {t('settings.templates.reset')}
          </Button>
        )}
      </FormSaveBar>
      {failure?.fields === undefined && <FailureLine failure={failure} />}
      {preview !== null && <MailPreview mail={preview} />}
      <SendTest
        name="templates"
        type="email"
        label={t('settings.mail.testTo')}
        button={t('settings.mail.test')}
        onTest={(to) =>
          void settle(
            bridge.settings.testTemplate({ params, body: { ...form.values, to } }),
            ({ delivery }) => t(`settings.mail.${delivery}`),
          )
        }
      />
      <Text role="status" size="sm" mih={20}>
        {message}
      </Text>
    </form>
  );
}
