import { useState } from 'react';
import {
  Button,
  Checkbox,
  Group,
  NativeSelect,
  NumberInput,
  PasswordInput,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import type { AuditStreams, StreamTarget } from '../../../shared/api/audit-stream.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { ReadSection } from '../../parts/forms/read-section.tsx';
import { useOutcome } from '../../parts/forms/use-outcome.ts';
import { StreamState } from './stream-state.tsx';

/** Where the audit log is sent as it grows. */
export function AuditStreamSection() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  return (
    <ReadSection
      title={t('audit.streams.title')}
      name="audit-streams"
      read={() => bridge.audit.streams({})}
      every={5000}
      lead={
        <Text size="sm" c="dimmed">
          {t('audit.streams.lead')}
        </Text>
      }
    >
      {(streams, readAgain) => (
        <>
          <StreamForm target="syslog" streams={streams} onStored={readAgain} />
          <StreamForm target="webhook" streams={streams} onStored={readAgain} />
        </>
      )}
    </ReadSection>
  );
}

interface StreamFormProps {
  readonly target: StreamTarget;
  readonly streams: AuditStreams;
  readonly onStored: () => void;
}

function StreamForm({ target, streams, onStored }: StreamFormProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [syslog, setSyslog] = useState(streams.syslog);
  const [webhook, setWebhook] = useState(streams.webhook);
  const [secret, setSecret] = useState('');
  const [begin, setBegin] = useState<'first-event' | 'now'>('first-event');
  const { note, failure, settle } = useOutcome();
  const isSyslog = target === 'syslog';
  const both = isSyslog ? syslog : webhook;
  const change = (part: { enabled?: boolean; authority?: string }) =>
    isSyslog ? setSyslog({ ...syslog, ...part }) : setWebhook({ ...webhook, ...part });
  const settled = (done: boolean) => {
    if (!done) return;
    setSecret('');
    onStored();
  };
  const save = async () => {
    const { enabled, url, authority } = webhook;
    const changed = isSyslog
      ? bridge.audit.changeSyslog({ body: { ...syslog, begin } })
      : bridge.audit.changeWebhook({
          body: { enabled, url, authority, begin, ...(secret !== '' && { secret }) },
        });
    settled(await settle<unknown>(changed, () => t('settings.saved')));
  };
  const test = async () => {
    const tested = bridge.audit.testStream({ params: { target } });
    settled(await settle(tested, ({ sentSeq }) => t('audit.streams.tested', { seq: sentSeq })));
  };
  return (
    <form
      aria-label={t(`audit.streams.${target}`)}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Checkbox
        label={t(`audit.streams.enabled.${target}`)}
        checked={both.enabled}
        onChange={({ currentTarget }) => change({ enabled: currentTarget.checked })}
      />
      {isSyslog ? (
        <Group grow align="flex-end">
          <TextInput
            label={t('audit.streams.host')}
            value={syslog.host}
            onChange={({ currentTarget }) => setSyslog({ ...syslog, host: currentTarget.value })}
          />
          <NumberInput
            label={t('audit.streams.port')}
            min={1}
            max={65_535}
            value={syslog.port}
            onChange={(value) => setSyslog({ ...syslog, port: Number(value) })}
          />
          <NativeSelect
            label={t('audit.streams.format')}
            value={syslog.format}
            onChange={({ currentTarget }) =>
              setSyslog({ ...syslog, format: currentTarget.value === 'cef' ? 'cef' : 'jsonl' })
            }
            data={(['jsonl', 'cef'] as const).map((value) => ({
              value,
              label: t(`audit.streams.formats.${value}`),
            }))}
          />
          <Checkbox
            label={t('audit.streams.tls')}
            checked={syslog.tls}
            onChange={({ currentTarget }) => setSyslog({ ...syslog, tls: currentTarget.checked })}
          />
        </Group>
      ) : (
        <Group grow align="flex-start">
          <TextInput
            label={t('audit.streams.url')}
            type="url"
            value={webhook.url}
            onChange={({ currentTarget }) => setWebhook({ ...webhook, url: currentTarget.value })}
          />
          <PasswordInput
            label={t('audit.streams.secret')}
            autoComplete="new-password"
            description={streams.webhook.secretStored ? t('audit.streams.secretStored') : null}
            value={secret}
            onChange={({ currentTarget }) => setSecret(currentTarget.value)}
          />
        </Group>
      )}
      <Textarea
        label={t('audit.streams.authority')}
        description={t('audit.streams.authorityHint')}
        autosize
        maxRows={4}
        value={both.authority}
        onChange={({ currentTarget }) => change({ authority: currentTarget.value })}
      />
      {streams.states[target] === null && (
        <NativeSelect
          label={t('audit.streams.begin')}
          value={begin}
          onChange={({ currentTarget }) => setBegin(currentTarget.value === 'now' ? 'now' : 'first-event')}
          data={(['first-event', 'now'] as const).map((value) => ({
            value,
            label: t(`audit.streams.begins.${value}`),
          }))}
        />
      )}
      <Group mt={12}>
        <Button type="submit">{t('settings.save')}</Button>
        <Button variant="default" onClick={() => void test()}>
          {t(`audit.streams.test.${target}`)}
        </Button>
        <Text role="status" size="sm">
          {note}
        </Text>
      </Group>
      <StreamState streams={streams} target={target} />
      <FailureLine failure={failure} />
    </form>
  );
}
