import { useState } from 'react';
import {
  Button,
  Checkbox,
  Group,
  NativeSelect,
  NumberInput,
  PasswordInput,
  Skeleton,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AuditStreams, StreamTarget } from '../../shared/api/audit-stream.ts';
import type { Failure, Result } from '../../shared/errors/result.ts';
import { failureOf, useConsoleBridge, valueOf } from '../bridge/console-bridge.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { useWords } from '../texts/use-words.ts';
import { SettingsSection } from './settings-section.tsx';
import { StreamState } from './stream-state.tsx';

/** Where the audit log is sent as it grows. */
export function AuditStreamSection() {
  const words = useWords();
  const bridge = useConsoleBridge();
  const query = useQuery({
    queryKey: ['settings', 'audit-streams'],
    queryFn: () => valueOf(bridge.audit.streams({})),
    refetchInterval: 5000,
    retry: false,
  });
  return (
    <SettingsSection title={words('audit.streams.title')}>
      <Text size="sm" c="dimmed">
        {words('audit.streams.lead')}
      </Text>
      <FailureLine failure={failureOf(query.error)} />
      {query.isPending && <Skeleton height={160} aria-label={words('settings.loading')} />}
      {query.data !== undefined && (
        <>
          <StreamForm target="syslog" streams={query.data} onStored={() => void query.refetch()} />
          <StreamForm target="webhook" streams={query.data} onStored={() => void query.refetch()} />
        </>
      )}
    </SettingsSection>
  );
}

interface StreamFormProps {
  readonly target: StreamTarget;
  readonly streams: AuditStreams;
  readonly onStored: () => void;
}

function StreamForm({ target, streams, onStored }: StreamFormProps) {
  const words = useWords();
  const bridge = useConsoleBridge();
  const [syslog, setSyslog] = useState(streams.syslog);
  const [webhook, setWebhook] = useState(streams.webhook);
  const [secret, setSecret] = useState('');
  const [begin, setBegin] = useState<'first-event' | 'now'>('first-event');
  const [note, setNote] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const isSyslog = target === 'syslog';
  const both = isSyslog ? syslog : webhook;
  const change = (part: { enabled?: boolean; authority?: string }) =>
    isSyslog ? setSyslog({ ...syslog, ...part }) : setWebhook({ ...webhook, ...part });
  const settle = (result: Result<unknown>, said: string) => {
    setFailure(result.ok ? null : result.failure);
    setNote(result.ok ? said : '');
    if (!result.ok) return;
    setSecret('');
    onStored();
  };
  const save = async () => {
    const { enabled, url, authority } = webhook;
    const result = isSyslog
      ? await bridge.audit.changeSyslog({ body: { ...syslog, begin } })
      : await bridge.audit.changeWebhook({
          body: { enabled, url, authority, begin, ...(secret !== '' && { secret }) },
        });
    settle(result, words('settings.saved'));
  };
  const test = async () => {
    const result = await bridge.audit.testStream({ params: { target } });
    settle(result, result.ok ? words('audit.streams.tested', { seq: result.value.sentSeq }) : '');
  };
  return (
    <form
      aria-label={words(`audit.streams.${target}`)}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Checkbox
        label={words(`audit.streams.enabled.${target}`)}
        checked={both.enabled}
        onChange={({ currentTarget }) => change({ enabled: currentTarget.checked })}
      />
      {isSyslog ? (
        <Group grow align="flex-end">
          <TextInput
            label={words('audit.streams.host')}
            value={syslog.host}
            onChange={({ currentTarget }) => setSyslog({ ...syslog, host: currentTarget.value })}
          />
          <NumberInput
            label={words('audit.streams.port')}
            min={1}
            max={65_535}
            value={syslog.port}
            onChange={(value) => setSyslog({ ...syslog, port: Number(value) })}
          />
          <NativeSelect
            label={words('audit.streams.format')}
            value={syslog.format}
            onChange={({ currentTarget }) =>
              setSyslog({ ...syslog, format: currentTarget.value === 'cef' ? 'cef' : 'jsonl' })
            }
            data={(['jsonl', 'cef'] as const).map((value) => ({
              value,
              label: words(`audit.streams.formats.${value}`),
            }))}
          />
          <Checkbox
            label={words('audit.streams.tls')}
            checked={syslog.tls}
            onChange={({ currentTarget }) => setSyslog({ ...syslog, tls: currentTarget.checked })}
          />
        </Group>
      ) : (
        <Group grow align="flex-start">
          <TextInput
            label={words('audit.streams.url')}
            type="url"
            value={webhook.url}
            onChange={({ currentTarget }) => setWebhook({ ...webhook, url: currentTarget.value })}
          />
          <PasswordInput
            label={words('audit.streams.secret')}
            autoComplete="new-password"
            description={streams.webhook.secretStored ? words('audit.streams.secretStored') : null}
            value={secret}
            onChange={({ currentTarget }) => setSecret(currentTarget.value)}
          />
        </Group>
      )}
      <Textarea
        label={words('audit.streams.authority')}
        description={words('audit.streams.authorityHint')}
        autosize
        maxRows={4}
        value={both.authority}
        onChange={({ currentTarget }) => change({ authority: currentTarget.value })}
      />
      {streams.states[target] === null && (
        <NativeSelect
          label={words('audit.streams.begin')}
          value={begin}
          onChange={({ currentTarget }) => setBegin(currentTarget.value === 'now' ? 'now' : 'first-event')}
          data={(['first-event', 'now'] as const).map((value) => ({
            value,
            label: words(`audit.streams.begins.${value}`),
          }))}
        />
      )}
      <Group mt={12}>
        <Button type="submit">{words('settings.save')}</Button>
        <Button variant="default" onClick={() => void test()}>
          {words(`audit.streams.test.${target}`)}
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
