import { useState } from 'react';
import { Button, Group, NativeSelect, Text, Textarea, TextInput } from '@mantine/core';
import type { TemplateView } from '../../../../shared/api/mail-template.ts';
import type { Value } from '../../../../shared/bridge/contract.ts';
import { useConsoleBridge } from '../../../bridge/console-bridge.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { useWords } from '../../../texts/use-texts.ts';
import { ReadSection } from '../../../parts/forms/read-section.tsx';
import { SendTest } from '../send-test.tsx';
import { useOutcome } from '../../../parts/forms/use-outcome.ts';
import { MailPreview } from './mail-preview.tsx';

/** The words of all mails, to be changed, looked at and tried. */
export function TemplateSettingsSection() {
  const words = useWords();
  const bridge = useConsoleBridge();
  return (
    <ReadSection
      title={words('settings.templates.title')}
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
  const words = useWords();
  const [name, setName] = useState<TemplateView['name']>('reset-link');
  const chosen = templates.find((template) => template.name === name);
  return (
    <>
      <NativeSelect
        label={words('settings.templates.which')}
        value={name}
        onChange={(event) => {
          const next = templates.find((template) => template.name === event.currentTarget.value);
          if (next) setName(next.name);
        }}
        data={templates.map((template) => ({
          value: template.name,
          label: words(`settings.templates.names.${template.name}`),
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
  const words = useWords();
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
        label={words('settings.templates.subject')}
        value={subject}
        error={fault('subject')}
        onChange={(event) => setSubject(event.currentTarget.value)}
      />
      <Textarea
        label={words('settings.templates.body')}
        description={words('settings.templates.placeholders', {
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
          ? words('settings.templates.original')
          : words('settings.templates.changed', {
              version: template.version,
              by: template.changedBy ?? '',
            })}
      </Text>
      <Group gap={8} mt={12}>
        <Button type="submit" disabled={subject === template.subject && text === template.body}>
          {words('settings.templates.save')}
        </Button>
        <Button variant="default" onClick={() => void look()}>
          {words('settings.templates.preview')}
        </Button>
        {!template.original && (
          <Button variant="default" onClick={() => void change(null)}>
            {words('settings.templates.reset')}
          </Button>
        )}
      </Group>
      {failure?.fields === undefined && <FailureLine failure={failure} />}
      {preview !== null && <MailPreview mail={preview} />}
      <SendTest
        type="email"
        label={words('settings.mail.testTo')}
        button={words('settings.mail.test')}
        onTest={(to) =>
          void settle(
            bridge.settings.testTemplate({ params, body: { subject, body: text, to } }),
            ({ delivery }) => words(`settings.mail.${delivery}`),
          )
        }
      />
      <Text role="status" size="sm" mih={20}>
        {note}
      </Text>
    </form>
  );
}
