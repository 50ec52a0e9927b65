import { useEffect, useState, type ReactNode } from 'react';
import { Stack, Text } from '@mantine/core';
import type { Right } from '../../../shared/api/operator.ts';
import type { ManagedState } from '../../../shared/managed/managed-settings.ts';
import { useManaged } from '../../parts/managed/use-managed.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { useDraft } from '../../parts/drafts/drafts.tsx';
import { AuditStreamSection } from './audit-stream-settings.tsx';
import {
  AppearanceSection,
  DiagnosticsSection,
  KeyboardShortcutsSection,
  ServerSection,
} from './console-settings.tsx';
import { AccountSourcesSection } from './directories/account-sources-section.tsx';
import { DirectoriesSection } from './directories/directories-section.tsx';
import { MailSettingsSection } from './mail-settings.tsx';
import { isAnythingManaged, ManagedSection } from './managed-settings.tsx';
import { DirectorySignInSection } from './operators/directory-sign-in-section.tsx';
import { OperatorsSection } from './operators/operators-section.tsx';
import { ProviderSection } from './operators/provider-section.tsx';
import { OwnAccountSection } from './own-account/own-account-section.tsx';
import { PolicySettings } from './policy/policy-settings.tsx';
import { policyTopics } from './policy/policy-topics.ts';
import { ProtectedChangesSection } from './protected-changes/protected-changes-section.tsx';
import { ServerNotices } from './server-notices.tsx';
import { ServerWarnings } from './server-status.tsx';
import { SettingsContents } from './settings-contents.tsx';
import { SpellingSection } from './spelling-settings.tsx';
import { StartupSection } from './startup-settings.tsx';
import { TemplateSettingsSection } from './templates/template-settings.tsx';
import { TextSettingsSection } from './text-settings.tsx';
import { LogoSettingsSection } from './logo-settings.tsx';
import { TrustSettingsSection } from './trust-settings.tsx';
import { UpdatesSection } from './updates-settings.tsx';
import './settings.css';

interface Section {
  /** The key of the title's text. */
  readonly title: string;
  readonly isShown: boolean;
  readonly content: ReactNode;
  /** Title keys of subsections, which the table of contents lists, too. */
  readonly subsections?: readonly string[];
}

/** A part of a page, by the keys of their titles. */
export interface SettingsPlace {
  readonly page: string;
  readonly part: string;
}

const idOf = (title: string) => title.replaceAll('.', '-');

function sectionsFor(rights: readonly Right[], managed: ManagedState): readonly Section[] {
  const has = (right: Right) => rights.includes(right);
  return [
    {
      title: 'protectedChanges.title',
      isShown: has('operators.manage'),
      content: <ProtectedChangesSection />,
    },
    { title: 'managed.title', isShown: isAnythingManaged(managed), content: <ManagedSection /> },
    { title: 'settings.appearance.title', isShown: true, content: <AppearanceSection /> },
    { title: 'settings.spelling.title', isShown: has('cases.work'), content: <SpellingSection /> },
    { title: 'settings.startup.title', isShown: true, content: <StartupSection /> },
    { title: 'operators.own.title', isShown: true, content: <OwnAccountSection /> },
    { title: 'operators.title', isShown: has('operators.manage'), content: <OperatorsSection /> },
    {
      title: 'operators.directory.title',
      isShown: has('operators.manage'),
      content: <DirectorySignInSection />,
    },
    { title: 'operators.provider.title', isShown: has('operators.manage'), content: <ProviderSection /> },
    {
      title: 'directories.title',
      isShown: has('directories.configure'),
      content: (
        <Stack gap={12}>
          <DirectoriesSection />
          <AccountSourcesSection />
        </Stack>
      ),
    },
    { title: 'settings.mail.title', isShown: has('mail.configure'), content: <MailSettingsSection /> },
    { title: 'settings.texts.title', isShown: has('mail.configure'), content: <TextSettingsSection /> },
    { title: 'settings.trust.title', isShown: has('mail.configure'), content: <TrustSettingsSection /> },
    { title: 'settings.logo.title', isShown: has('mail.configure'), content: <LogoSettingsSection /> },
    {
      title: 'settings.templates.title',
      isShown: has('mail.configure'),
      content: <TemplateSettingsSection />,
    },
    {
      title: 'policy.title',
      isShown: has('policy.read'),
      content: (
        <PolicySettings
          mayChange={has('policy.change')}
          idOf={(topic) => idOf(topic === null ? 'policy.title' : `policy.topics.${topic}`)}
        />
      ),
      subsections: policyTopics.map((topic) => `policy.topics.${topic}`),
    },
    { title: 'audit.streams.title', isShown: has('audit.configure'), content: <AuditStreamSection /> },
    {
      title: 'settings.server.title',
      isShown: true,
      content: <ServerSection showsStatus={has('policy.change')} />,
    },
    { title: 'settings.updates.title', isShown: true, content: <UpdatesSection /> },
    { title: 'settings.diagnostics.title', isShown: true, content: <DiagnosticsSection /> },
    { title: 'shell.keys', isShown: true, content: <KeyboardShortcutsSection /> },
  ];
}

/**
 * The settings: a page for each subject that the operator has the right to see, and the list of pages. A page that was opened stays as it is while
 * another one is open, so that nothing that was typed is lost.
 */
export function SettingsScreen({
  rights,
  given,
}: {
  readonly rights: readonly Right[];
  /** The part of a page at which the settings open. */
  readonly given?: SettingsPlace | undefined;
}) {
  const t = useTexts();
  const sections = sectionsFor(rights, useManaged()).filter(({ isShown }) => isShown);
  // A lock of the console returns to the same page.
  const [chosen, setChosen] = useDraft('settings page');
  const ids = sections.map(({ title }) => idOf(title));
  const current = ids.includes(chosen) ? chosen : (ids[0] ?? '');
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [part, setPart] = useState('');
  const [target, setTarget] = useState<string | null>(null);
  useEffect(() => {
    if (target === null) return;
    const show = (): boolean => {
      const element = document.getElementById(target);
      element?.closest('.content')?.scrollTo({ top: 0 });
      if (target !== current) element?.scrollIntoView({ block: 'start' });
      element?.focus({ preventScroll: true });
      if (element !== null) setTarget(null);
      return element !== null;
    };
    if (show()) return;
    // The page is still being read from the server.
    const observer = new MutationObserver(() => {
      if (show()) observer.disconnect();
    });
    observer.observe(document.body, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [current, target]);
  const open = (pageId: string, partId: string) => {
    setOpened(new Set([...opened, current, pageId]));
    setChosen(pageId);
    setPart(partId);
    setTarget(partId);
  };
  useEffect(() => {
    if (given === undefined) return;
    setChosen(idOf(given.page));
    setPart(idOf(given.part));
    setTarget(idOf(given.part));
  }, [given, setChosen]);
  const entryOf = (title: string) => ({ id: idOf(title), title: t(title) });
  return (
    <main className="settings" data-testid="settings">
      <Text component="h1" fz={20} fw={600} m={0}>
        {t('settings.title')}
      </Text>
      {rights.includes('policy.change') && <ServerNotices />}
      {rights.includes('policy.change') && <ServerWarnings />}
      <SettingsContents
        entries={sections.map(({ title, subsections = [] }) => ({
          ...entryOf(title),
          subsections: subsections.map(entryOf),
        }))}
        current={current}
        part={part}
        onOpen={open}
      />
      <div className="settings-sections">
        {sections
          .filter(({ title }) => idOf(title) === current || opened.has(idOf(title)))
          .map(({ title, content, subsections }) => (
            <div key={title} hidden={idOf(title) !== current}>
              {/* A section with subsections sets its ids itself. */}
              <div {...(subsections === undefined && { id: idOf(title), tabIndex: -1 })}>{content}</div>
            </div>
          ))}
      </div>
    </main>
  );
}
