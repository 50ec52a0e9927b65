import { useState } from 'react';
import {
  Button,
  Group,
  NativeSelect,
  PasswordInput,
  Skeleton,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { textBodyFormats, textPlaceholders } from '../../shared/api/text.ts';
import type { Value } from '../../shared/bridge/contract.ts';
import type { Failure } from '../../shared/errors/result.ts';
import { failureOf, useConsoleBridge, valueOf } from '../bridge/console-bridge.ts';
import { useWords } from '../texts/use-words.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { headerLines, headersOf } from './header-lines.ts';
import { SettingsSection } from './settings-section.tsx';

type Stored = Value<'settings', 'texts'>;
const methods = ['POST', 'PUT', 'GET'] as const;
const transports = ['outbox', 'gateway'] as const;

/** How texts to phones leave, with a test. */
export function TextSettingsSection() {
  const words = useWords();
  const bridge = useConsoleBridge();
  const query = useQuery({
    queryKey: ['settings', 'texts'],
    queryFn: () => valueOf(bridge.settings.texts({})),
    retry: false,
  });
  return (
    <SettingsSection title={words('settings.texts.title')}>
      <FailureLine failure={failureOf(query.error)} />
      {query.isPending && <Skeleton height={120} aria-label={words('settings.loading')} />}
      {query.data !== undefined && <TextForm stored={query.data} onStored={() => void query.refetch()} />}
    </SettingsSection>
  );
}

function TextForm({ stored, onStored }: { readonly stored: Stored; readonly onStored: () => void }) {
  const words = useWords();
  const bridge = useConsoleBridge();
  const [form, setForm] = useState(stored);
  const [headers, setHeaders] = useState(headerLines(stored.headers));
  const [secret, setSecret] = useState('');
  const [testTo, setTestTo] = useState('');
  const [note, setNote] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const change = (part: Partial<Stored>) => setForm({ ...form, ...part });
  const choice = <T extends string>(
    label: string,
    value: T,
    values: readonly T[],
    set: (value: T) => void,
  ) => (
    <NativeSelect
      label={words(`settings.texts.${label}`)}
      value={value}
      onChange={({ currentTarget }) => set(values.find((one) => one === currentTarget.value) ?? value)}
      data={values.map((one) => ({ value: one, label: words(`settings.texts.${label}s.${one}`) }))}
    />
  );
  const save = async () => {
    setNote('');
    const { transport, method, url, bodyFormat, body } = form;
    const result = await bridge.settings.changeTexts({
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
    setFailure(result.ok ? null : result.failure);
    if (!result.ok) return;
    setSecret('');
    setNote(words('settings.saved'));
    onStored();
  };
  const test = async () => {
    setNote('');
    const result = await bridge.settings.testText({ body: { to: testTo } });
    setFailure(result.ok ? null : result.failure);
    if (result.ok) setNote(words(`settings.texts.${result.value.delivery}`));
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
            {words('settings.texts.templates', {
              names: textPlaceholders.map((name) => `{{${name}}}`).join(', '),
            })}
          </Text>
          <Group align="flex-start" wrap="nowrap">
            {choice('method', form.method, methods, (method) => change({ method }))}
            <TextInput
              flex={1}
              required
              label={words('settings.texts.url')}
              placeholder="https://"
              value={form.url}
              onChange={({ currentTarget: { value } }) => change({ url: value })}
            />
          </Group>
          <Textarea
            label={words('settings.texts.headers')}
            autosize
            minRows={1}
            ff="monospace"
            value={headers}
            onChange={({ currentTarget: { value } }) => setHeaders(value)}
          />
          <PasswordInput
            label={words('settings.texts.secret')}
            autoComplete="new-password"
            description={stored.secretStored ? words('settings.texts.secretStored') : null}
            value={secret}
            onChange={({ currentTarget: { value } }) => setSecret(value)}
          />
          {choice('bodyFormat', form.bodyFormat, textBodyFormats, (bodyFormat) => change({ bodyFormat }))}
          {form.bodyFormat !== 'none' && (
            <Textarea
              label={words('settings.texts.body')}
              autosize
              minRows={2}
              value={form.body}
              onChange={({ currentTarget: { value } }) => change({ body: value })}
            />
          )}
        </>
      )}
      <Button type="submit" mt={12}>
        {words('settings.texts.save')}
      </Button>
      <Group mt={12} align="flex-end">
        <TextInput
          label={words('settings.texts.testTo')}
          type="tel"
          value={testTo}
          onChange={({ currentTarget: { value } }) => setTestTo(value)}
        />
        <Button variant="default" disabled={testTo.trim().length < 3} onClick={() => void test()}>
          {words('settings.texts.test')}
        </Button>
      </Group>
      <Text role="status" size="sm" mih={20}>
        {note}
      </Text>
      <FailureLine failure={failure} />
    </form>
  );
}
