import { useEffect, useState } from 'react';
import { Text } from '@mantine/core';
import type { Right } from '../../../shared/api/operator.ts';
import { useDraft } from '../../parts/drafts/drafts.tsx';
import { useManaged } from '../../parts/managed/use-managed.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { ServerNotices } from './server-notices.tsx';
import { ServerWarnings } from './server-status.tsx';
import { SettingsContents } from './settings-contents.tsx';
import { idOf, settingsPages } from './settings-pages.tsx';
import { useShowPlace } from './use-show-place.ts';
import './settings.css';

/** A part of a page, by the keys of their titles. */
export interface SettingsPlace {
  readonly page: string;
  readonly part: string;
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
  const pages = settingsPages(rights, useManaged());
  // A lock of the console returns to the same page.
  const [chosen, setChosen] = useDraft('settings page');
  const ids = pages.map(({ title }) => idOf(title));
  const current = ids.includes(chosen) ? chosen : (ids[0] ?? '');
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [part, setPart] = useState('');
  const showPlace = useShowPlace(current);
  const open = (pageId: string, partId: string, label?: string) => {
    setOpened(new Set([...opened, current, pageId]));
    setChosen(pageId);
    setPart(partId);
    showPlace({ id: partId, label });
  };
  useEffect(() => {
    if (given === undefined) return;
    setChosen(idOf(given.page));
    setPart(idOf(given.part));
    showPlace({ id: idOf(given.part) });
  }, [given, setChosen, showPlace]);
  return (
    <main className="settings" data-testid="settings">
      <Text component="h1" fz={20} fw={600} m={0}>
        {t('settings.title')}
      </Text>
      {rights.includes('policy.change') && <ServerNotices />}
      {rights.includes('policy.change') && <ServerWarnings />}
      <SettingsContents pages={pages} current={current} part={part} onOpen={open} />
      <div className="settings-sections">
        {pages
          .filter(({ title }) => idOf(title) === current || opened.has(idOf(title)))
          .map(({ title, content, topics }) => (
            <div key={title} hidden={idOf(title) !== current}>
              {/* A page with topics sets its ids itself. */}
              <div {...(topics === undefined && { id: idOf(title), tabIndex: -1 })}>{content}</div>
            </div>
          ))}
      </div>
    </main>
  );
}
