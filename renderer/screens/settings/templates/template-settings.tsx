import { useState } from 'react';
import { Button, Group, NativeSelect, Text, Textarea, TextInput } from '@mantine/core';
import type { TemplateView } from '../../../../shared/api/mail-template.ts';
import type { Value } from '../../../../shared/bridge/contract.ts';
import { useConsoleBridge } from '../../../bridge/console-bridge.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { ReadSection } from '../../../parts/forms/read-section.tsx';
import { SendTest } from '../send-test.tsx';
import { useOutcome } from '../../../parts/forms/use-outcome.ts';
import { MailPreview } from './mail-preview.tsx';

/** The words of all mails, to be changed, looked at and tried. */
export function TemplateSettingsSection() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  return (
    <ReadSection
      title={t('settings.templates.title')}
      name="templates"
      read={() => bridge.settings.templates({})}
    >
      {({ templates }, readAgain) => <TemplateChoice templates={templates} onChanged={readAgain} />}
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

function TemplateForm({
  template,
  onChanged,
}: {
  readonly template: TemplateView;
  readonly onChanged: () => void;
}) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [subject, setSubject] = useState(template.subject);
  const [text, setText] = useState(template.body);
  const { note, failure, settle } = useOutcome();
  const [preview, setPreview] = useState<Value<'settings', 'previewTemplate'> | null>(null);
  const params = { template: template.name };
  const fault = (field: string) =>
    failure?.fields
      ?.filter(({ path }) => path === `body.${field}`)
      .map(({ message }) => message)
      .join(' ');
  const change = async (chosen: { subject: string; body: string } | null) => {
    const body = { basedOn: template.version, words: chosen };
    if (await settle(bridge.settings.changeTemplate({ params, body }), () => '')) onChanged();
  };
  const look = async () => {
    const seen = await settle(
      bridge.settings.previewTemplate({ params, body: { subject, body: text } }),
      (mail) => {
        setPreview(mail);
        return '';
      },
    );
    if (!seen) setPreview(null);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void change({ subject, body: text });
      }}
    >
      <TextInput
        label={t('settings.templates.subject')}
        value={subject}
        error={fault('subject')}
        onChange={(event) => setSubject(event.currentTarget.value)}
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
        value={text}
        error={fault('body')}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Text size="sm" c="dimmed" mt={4}>
        {template.original
          ? t('settings.templates.original')
          : t('settings.templates.changed', {
              version: template.version,
              by: template.changedBy ?? '',
            })}
      </Text>
      <Group gap={8} mt={12}>
        <Button type="submit" disabled={subject === template.subject && text === template.body}>
          {t('settings.templates.save')}
        </Button>
        <Button variant="default" onClick={() => void look()}>
          {t('settings.templates.preview')}
        </Button>
        {!template.original && (
          <Button variant="default" onClick={() => void change(null)}>
            {t('settings.templates.reset')}
          </Button>
        )}
      </Group>
      {failure?.fields === undefined && <FailureLine failure={failure} />}
      {preview !== null && <MailPreview mail={preview} />}
      <SendTest
        type="email"
        label={t('settings.mail.testTo')}
        button={t('settings.mail.test')}
        onTest={(to) =>
          void settle(
            bridge.settings.testTemplate({ params, body: { subject, body: text, to } }),
            ({ delivery }) => t(`settings.mail.${delivery}`),
          )
        }
      />
      <Text role="status" size="sm" mih={20}>
        {note}
      </Text>
    </form>
  );
}
