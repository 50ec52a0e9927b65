import { useState } from 'react';
import { Button, Group, NativeSelect, Skeleton, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { TemplateView } from '../../../shared/api/mail-template.ts';
import type { Value } from '../../../shared/bridge/contract.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { failureOf, useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { FailureLine } from '../../failure/failure-line.tsx';
import { useWords } from '../../texts/use-words.ts';
import { SettingsSection } from '../settings-section.tsx';
import { MailPreview } from './mail-preview.tsx';

/** The words of all mails, to be changed, looked at and tried. */
export function TemplateSettingsSection() {
  const words = useWords();
  const bridge = useConsoleBridge();
  const [name, setName] = useState<TemplateView['name']>('reset-link');
  const query = useQuery({
    queryKey: ['settings', 'templates'],
    queryFn: () => valueOf(bridge.settings.templates({})),
    retry: false,
  });
  const templates = query.data?.templates ?? [];
  const chosen = templates.find((template) => template.name === name);
  return (
    <SettingsSection title={words('settings.templates.title')}>
      <FailureLine failure={failureOf(query.error)} />
      {query.isPending && <Skeleton height={160} aria-label={words('settings.loading')} />}
      {chosen !== undefined && (
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
          <TemplateForm
            key={`${chosen.name} ${chosen.version}`}
            template={chosen}
            onChanged={() => void query.refetch()}
          />
        </>
      )}
    </SettingsSection>
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
  const [body, setBody] = useState(template.body);
  const [to, setTo] = useState('');
  const [note, setNote] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [preview, setPreview] = useState<Value<'settings', 'previewTemplate'> | null>(null);
  const params = { template: template.name };
  const fault = (field: string) =>
    failure?.fields
      ?.filter(({ path }) => path === `body.${field}`)
      .map(({ message }) => message)
      .join(' ');
  const change = async (chosen: { subject: string; body: string } | null) => {
    setNote('');
    const result = await bridge.settings.changeTemplate({
      params,
      body: { basedOn: template.version, words: chosen },
    });
    setFailure(result.ok ? null : result.failure);
    if (result.ok) onChanged();
  };
  const look = async () => {
    const result = await bridge.settings.previewTemplate({ params, body: { subject, body } });
    setFailure(result.ok ? null : result.failure);
    setPreview(result.ok ? result.value : null);
  };
  const test = async () => {
    setNote('');
    const result = await bridge.settings.testTemplate({ params, body: { subject, body, to } });
    setFailure(result.ok ? null : result.failure);
    if (result.ok) setNote(words(`settings.mail.${result.value.delivery}`));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void change({ subject, body });
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
        value={body}
        error={fault('body')}
        onChange={(event) => setBody(event.currentTarget.value)}
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
        <Button type="submit" disabled={subject === template.subject && body === template.body}>
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
      <Group mt={12} align="flex-end">
        <TextInput
          label={words('settings.mail.testTo')}
          type="email"
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Button variant="default" disabled={!to.includes('@')} onClick={() => void test()}>
          {words('settings.mail.test')}
        </Button>
      </Group>
      <Text role="status" size="sm" mih={20}>
        {note}
      </Text>
    </form>
  );
}
