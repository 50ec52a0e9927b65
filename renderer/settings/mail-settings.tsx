import { useState } from 'react';
import {
  Button,
  Group,
  NativeSelect,
  NumberInput,
  PasswordInput,
  Skeleton,
  Text,
  TextInput,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Value } from '../../shared/bridge/contract.ts';
import type { Failure } from '../../shared/errors/result.ts';
import { failureOf, useConsoleBridge, valueOf } from '../bridge/console-bridge.ts';
import { useWords } from '../texts/use-words.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { SettingsSection } from './settings-section.tsx';

type Stored = Value<'settings', 'mail'>;

/** How mail leaves, with a test mail. */
export function MailSettingsSection() {
  const words = useWords();
  const bridge = useConsoleBridge();
  const query = useQuery({
    queryKey: ['settings', 'mail'],
    queryFn: () => valueOf(bridge.settings.mail({})),
    retry: false,
  });
  return (
    <SettingsSection title={words('settings.mail.title')}>
      <FailureLine failure={failureOf(query.error)} />
      {query.isPending && <Skeleton height={160} aria-label={words('settings.loading')} />}
      {query.data !== undefined && <MailForm stored={query.data} onStored={() => void query.refetch()} />}
    </SettingsSection>
  );
}

function MailForm({ stored, onStored }: { readonly stored: Stored; readonly onStored: () => void }) {
  const words = useWords();
  const bridge = useConsoleBridge();
  const [form, setForm] = useState(stored);
  const [password, setPassword] = useState('');
  const [testTo, setTestTo] = useState('');
  const [note, setNote] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const change = (part: Partial<Stored>) => setForm({ ...form, ...part });
  const save = async () => {
    setNote('');
    const { transport, host, port, security, userName, from } = form;
    const result = await bridge.settings.changeMail({
      body: { transport, host, port, security, userName, from, ...(password === '' ? {} : { password }) },
    });
    setFailure(result.ok ? null : result.failure);
    if (!result.ok) return;
    setPassword('');
    setNote(words('settings.saved'));
    onStored();
  };
  const test = async () => {
    setNote('');
    const result = await bridge.settings.testMail({ body: { to: testTo } });
    setFailure(result.ok ? null : result.failure);
    if (result.ok) setNote(words(`settings.mail.${result.value.delivery}`));
  };
  const smtp = form.transport === 'smtp';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <fieldset disabled={stored.fixed} style={{ border: 0, padding: 0, margin: 0 }}>
        {stored.fixed && <Text size="sm">{words('settings.mail.fixed')}</Text>}
        <NativeSelect
          label={words('settings.mail.transport')}
          value={form.transport}
          onChange={(event) =>
            change({ transport: event.currentTarget.value === 'smtp' ? 'smtp' : 'outbox' })
          }
          data={(['outbox', 'smtp'] as const).map((value) => ({
            value,
            label: words(`settings.mail.${value}`),
          }))}
        />
        {smtp && (
          <>
            <Group grow>
              <TextInput
                label={words('settings.mail.host')}
                required
                value={form.host}
                onChange={(event) => change({ host: event.currentTarget.value })}
              />
              <NumberInput
                label={words('settings.mail.port')}
                min={1}
                max={65_535}
                value={form.port}
                onChange={(value) => change({ port: Number(value) })}
              />
              <NativeSelect
                label={words('settings.mail.security')}
                value={form.security}
                onChange={(event) =>
                  change({
                    security:
                      (['starttls', 'tls', 'none'] as const).find(
                        (one) => one === event.currentTarget.value,
                      ) ?? 'starttls',
                  })
                }
                data={(['starttls', 'tls', 'none'] as const).map((value) => ({
                  value,
                  label: words(`settings.mail.${value}`),
                }))}
              />
            </Group>
            <Group grow align="flex-start">
              <TextInput
                label={words('settings.mail.userName')}
                autoComplete="off"
                value={form.userName}
                onChange={(event) => change({ userName: event.currentTarget.value })}
              />
              <PasswordInput
                label={words('settings.mail.password')}
                autoComplete="new-password"
                description={stored.passwordStored ? words('settings.mail.passwordStored') : null}
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
              />
            </Group>
          </>
        )}
        <TextInput
          label={words('settings.mail.from')}
          value={form.from}
          onChange={(event) => change({ from: event.currentTarget.value })}
        />
        <Button type="submit" mt={12}>
          {words('settings.save')}
        </Button>
      </fieldset>
      <Group mt={12} align="flex-end">
        <TextInput
          label={words('settings.mail.testTo')}
          type="email"
          value={testTo}
          onChange={(event) => setTestTo(event.currentTarget.value)}
        />
        <Button variant="default" disabled={!testTo.includes('@')} onClick={() => void test()}>
          {words('settings.mail.test')}
        </Button>
      </Group>
      <Text role="status" size="sm" mih={20}>
        {note}
      </Text>
      <FailureLine failure={failure} />
    </form>
  );
}
