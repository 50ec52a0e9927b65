import type { ReactNode } from 'react';
import { Stack } from '@mantine/core';
import type { Right } from '../../../shared/api/operator.ts';
import type { ManagedState } from '../../../shared/managed/managed-settings.ts';
import { AuditStreamSection } from './audit-stream-settings.tsx';
import {
  AppearanceSection,
  DiagnosticsSection,
  KeyboardShortcutsSection,
  ServerSection,
} from './console-settings.tsx';
import { AccountSourcesSection } from './directories/account-sources-section.tsx';
import { DirectoriesSection } from './directories/directories-section.tsx';
import { LogoSettingsSection } from './logo-settings.tsx';
import { MailSettingsSection } from './mail-settings.tsx';
import { isAnythingManaged, ManagedSection } from './managed-settings.tsx';
import { DirectorySignInSection } from './operators/directory-sign-in-section.tsx';
import { OperatorsSection } from './operators/operators-section.tsx';
import { ProviderSection } from './operators/provider-section.tsx';
import { OwnAccountSection } from './own-account/own-account-section.tsx';
import { PolicySettings } from './policy/policy-settings.tsx';
import { policyTopics, type PolicyTopic } from './policy/policy-topics.ts';
import { ProtectedChangesSection } from './protected-changes/protected-changes-section.tsx';
import { SpellingSection } from './spelling-settings.tsx';
import { StartupSection } from './startup-settings.tsx';
import { TemplateSettingsSection } from './templates/template-settings.tsx';
import { TextSettingsSection } from './text-settings.tsx';
import { TrustSettingsSection } from './trust-settings.tsx';
import { UpdatesSection } from './updates-settings.tsx';

/** The groups of pages, in their order in the list. */
export const settingsGroups = ['protection', 'operators', 'connections', 'messages', 'console'] as const;

export interface SettingsPage {
  /** The key of the title's text. */
  readonly title: string;
  readonly group: (typeof settingsGroups)[number];
  /** The keys of the texts that the page shows; the pages are found by them. */
  readonly texts: readonly string[];
  readonly isShown: boolean;
  readonly content: ReactNode;
  /** Parts of the page, which the list of pages shows, too. */
  readonly topics?: readonly PolicyTopic[];
}

/** The element id of a page or a part of one, by the key of its title. */
export const idOf = (title: string) => title.replaceAll('.', '-');

/** The key of the title of a topic of the policy. */
export const topicTitle = (topic: PolicyTopic) => `policy.topics.${topic}`;

/** The pages of the settings that an operator with these rights sees, grouped. */
export function settingsPages(rights: readonly Right[], managed: ManagedState): readonly SettingsPage[] {
  const pages = [
    ...protectionPages(rights),
    ...operatorPages(rights),
    ...connectionPages(rights),
    ...messagePages(rights),
    ...consolePages(rights, managed),
  ];
  return pages.filter(({ isShown }) => isShown);
}

const protectionPages = (rights: readonly Right[]): readonly SettingsPage[] => [
  {
    title: 'protectedChanges.title',
    group: 'protection',
    texts: [],
    isShown: rights.includes('operators.manage'),
    content: <ProtectedChangesSection />,
  },
  {
    title: 'policy.title',
    group: 'protection',
    texts: [],
    isShown: rights.includes('policy.read'),
    content: (
      <PolicySettings
        mayChange={rights.includes('policy.change')}
        idOf={(topic) => idOf(topic === null ? 'policy.title' : topicTitle(topic))}
      />
    ),
    topics: policyTopics,
  },
];

function operatorPages(rights: readonly Right[]): readonly SettingsPage[] {
  const common = { group: 'operators', isShown: rights.includes('operators.manage') } as const;
  return [
    {
      ...common,
      title: 'operators.title',
      texts: ['operators.columns', 'operators.form', 'operators.actions'],
      content: <OperatorsSection />,
    },
    {
      ...common,
      title: 'operators.directory.title',
      texts: ['operators.directory'],
      content: <DirectorySignInSection />,
    },
    {
      ...common,
      title: 'operators.provider.title',
      texts: ['operators.provider'],
      content: <ProviderSection />,
    },
  ];
}

function connectionPages(rights: readonly Right[]): readonly SettingsPage[] {
  const group = 'connections';
  const mayConnect = rights.includes('mail.configure');
  return [
    {
      title: 'directories.title',
      group,
      texts: ['directories.kinds', 'directories.fields', 'sources'],
      isShown: rights.includes('directories.configure'),
      content: (
        <Stack gap={12}>
          <DirectoriesSection />
          <AccountSourcesSection />
        </Stack>
      ),
    },
    {
      title: 'settings.mail.title',
      group,
      texts: ['settings.mail'],
      isShown: mayConnect,
      content: <MailSettingsSection />,
    },
    {
      title: 'settings.texts.title',
      group,
      texts: ['settings.texts'],
      isShown: mayConnect,
      content: <TextSettingsSection />,
    },
    {
      title: 'settings.trust.title',
      group,
      texts: ['settings.trust'],
      isShown: mayConnect,
      content: <TrustSettingsSection />,
    },
    {
      title: 'audit.streams.title',
      group,
      texts: ['audit.streams'],
      isShown: rights.includes('audit.configure'),
      content: <AuditStreamSection />,
    },
  ];
}

function messagePages(rights: readonly Right[]): readonly SettingsPage[] {
  const common = { group: 'messages', isShown: rights.includes('mail.configure') } as const;
  return [
    {
      ...common,
      title: 'settings.templates.title',
      texts: ['settings.templates'],
      content: <TemplateSettingsSection />,
    },
    { ...common, title: 'settings.logo.title', texts: ['settings.logo'], content: <LogoSettingsSection /> },
  ];
}

function consolePages(rights: readonly Right[], managed: ManagedState): readonly SettingsPage[] {
  const common = { group: 'console', isShown: true } as const;
  return [
    {
      ...common,
      title: 'managed.title',
      texts: ['managed'],
      isShown: isAnythingManaged(managed),
      content: <ManagedSection />,
    },
    {
      ...common,
      title: 'operators.own.title',
      texts: ['operators.own', 'secondFactor.enrol'],
      content: <OwnAccountSection />,
    },
    {
      ...common,
      title: 'settings.appearance.title',
      texts: ['settings.appearance'],
      content: <AppearanceSection />,
    },
    {
      ...common,
      title: 'settings.spelling.title',
      texts: ['settings.spelling'],
      isShown: rights.includes('cases.work'),
      content: <SpellingSection />,
    },
    {
      ...common,
      title: 'settings.startup.title',
      texts: ['settings.startup'],
      content: <StartupSection />,
    },
    {
      ...common,
      title: 'settings.server.title',
      texts: ['settings.server', 'settings.status.rows'],
      content: <ServerSection showsStatus={rights.includes('policy.change')} />,
    },
    {
      ...common,
      title: 'settings.updates.title',
      texts: ['settings.updates'],
      content: <UpdatesSection />,
    },
    {
      ...common,
      title: 'settings.diagnostics.title',
      texts: ['settings.diagnostics'],
      content: <DiagnosticsSection />,
    },
    { ...common, title: 'shell.keys', texts: ['shell.keyList'], content: <KeyboardShortcutsSection /> },
  ];
}
