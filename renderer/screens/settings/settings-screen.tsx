import { useState, type ReactNode } from 'react';
import { Button, Group, Kbd, SegmentedControl, Text, useMantineColorScheme } from '@mantine/core';
import { settingsTexts } from '../../texts/en/settings.ts';
import type { Right } from '../../../shared/api/operator.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { AuditStreamSection } from './audit-stream-settings.tsx';
import { MailSettingsSection } from './mail-settings.tsx';
import { OperatorsSection } from './operators/operators-section.tsx';
import { ProviderSection } from './operators/provider-section.tsx';
import { OwnAccountSection } from './own-account/own-account-section.tsx';
import { PolicySettings } from './policy/policy-settings.tsx';
import { policyTopics } from './policy/policy-topics.ts';
import { TemplateSettingsSection } from './templates/template-settings.tsx';
import { TextSettingsSection } from './text-settings.tsx';
import { SettingsContents } from './settings-contents.tsx';
import { SettingsSection } from '../../parts/forms/settings-section.tsx';
import { SpellingSection } from './spelling-settings.tsx';
import './settings.css';

interface Section {
  /** The key of its words. */
  readonly title: string;
  readonly shown: boolean;
  readonly part: ReactNode;
  /** Parts of it that the contents name too. */
  readonly under?: readonly string[];
}

/** All that can be set: colours, mail, policy, the server; and what helps: diagnostics, keys. */
export function SettingsScreen({ rights }: { readonly rights: readonly Right[] }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [leaving, setLeaving] = useState(false);
  const [copied, setCopied] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const choose = async (value: string) => {
    const scheme = value === 'light' || value === 'dark' ? value : 'system';
    setColorScheme(scheme === 'system' ? 'auto' : scheme);
    const result = await bridge.app.appearance({ scheme });
    setFailure(result.ok ? null : result.failure);
  };
  const disconnect = async () => {
    const result = await bridge.server.disconnect();
    // Everything on screen belonged to that server: start over with the doors.
    if (result.ok) window.location.reload();
    else setFailure(result.failure);
  };
  const copy = async () => {
    const result = await bridge.app.copyDiagnostics();
    setCopied(result.ok);
    setFailure(result.ok ? null : result.failure);
  };
  const appearance = (
    <SettingsSection title={t('settings.appearance.title')}>
      <SegmentedControl
        aria-label={t('settings.appearance.label')}
        value={colorScheme === 'auto' ? 'system' : colorScheme}
        onChange={(value) => void choose(value)}
        data={(['system', 'light', 'dark'] as const).map((value) => ({
          value,
          label: t(`settings.appearance.${value}`),
        }))}
      />
    </SettingsSection>
  );
  const server = (
    <SettingsSection title={t('settings.server.title')}>
      <Text size="sm">{t(leaving ? 'settings.server.confirm' : 'settings.server.text')}</Text>
      <Group>
        <Button variant="default" onClick={() => (leaving ? void disconnect() : setLeaving(true))}>
          {t('settings.server.disconnect')}
        </Button>
        {leaving && (
          <Button variant="default" onClick={() => setLeaving(false)}>
            {t('settings.server.cancel')}
          </Button>
        )}
      </Group>
    </SettingsSection>
  );
  const diagnostics = (
    <SettingsSection title={t('settings.diagnostics.title')}>
      <Group>
        <Button variant="default" onClick={() => void copy()}>
          {t('settings.diagnostics.copy')}
        </Button>
        <Text size="sm" role="status">
          {copied ? t('settings.diagnostics.copied') : ''}
        </Text>
      </Group>
    </SettingsSection>
  );
  const keys = (
    <SettingsSection title={t('settings.keys.title')}>
      <dl className="facts">
        {Object.entries(settingsTexts.keys.list).map(([key, does]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>
              <Kbd>{key}</Kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </SettingsSection>
  );
  const may = (right: Right) => rights.includes(right);
  const idOf = (title: string) => title.replaceAll('.', '-');
  const sections: Section[] = [
    { title: 'settings.appearance.title', shown: true, part: appearance },
    { title: 'settings.spelling.title', shown: may('cases.work'), part: <SpellingSection /> },
    { title: 'operators.own.title', shown: true, part: <OwnAccountSection /> },
    { title: 'operators.title', shown: may('operators.manage'), part: <OperatorsSection /> },
    { title: 'operators.provider.title', shown: may('operators.manage'), part: <ProviderSection /> },
    { title: 'settings.mail.title', shown: may('mail.configure'), part: <MailSettingsSection /> },
    { title: 'settings.texts.title', shown: may('mail.configure'), part: <TextSettingsSection /> },
    { title: 'settings.templates.title', shown: may('mail.configure'), part: <TemplateSettingsSection /> },
    {
      title: 'policy.title',
      shown: may('policy.read'),
      part: (
        <PolicySettings
          mayChange={may('policy.change')}
          idOf={(part) => idOf(part === null ? 'policy.title' : `policy.topics.${part}`)}
        />
      ),
      under: policyTopics.map((topic) => `policy.topics.${topic}`),
    },
    { title: 'audit.streams.title', shown: may('audit.configure'), part: <AuditStreamSection /> },
    { title: 'settings.server.title', shown: true, part: server },
    { title: 'settings.diagnostics.title', shown: true, part: diagnostics },
    { title: 'settings.keys.title', shown: true, part: keys },
  ];
  const shown = sections.filter((section) => section.shown);
  const entryOf = (title: string) => ({ id: idOf(title), title: t(title) });
  return (
    <main className="settings">
      <Text component="h1" fz={20} fw={600} m={0}>
        {t('settings.title')}
      </Text>
      <SettingsContents
        entries={shown.map(({ title, under = [] }) => ({ ...entryOf(title), under: under.map(entryOf) }))}
      />
      <div className="settings-sections">
        <FailureLine failure={failure} />
        {shown.map(({ title, part, under }) => (
          <div key={title} {...(under === undefined && { id: idOf(title), tabIndex: -1 })}>
            {part}
          </div>
        ))}
      </div>
    </main>
  );
}
