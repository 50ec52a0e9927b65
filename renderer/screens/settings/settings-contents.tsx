import { useState } from 'react';
import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useTexts } from '../../texts/use-texts.ts';
import { useUnsavedTitles } from '../../parts/unsaved/unsaved.tsx';
import { findSettings, type SettingsEntry, type SettingsPageEntry } from './find-settings.ts';
import { labelsBelow, ruleLabels } from './settings-labels.ts';
import { idOf, settingsGroups, topicTitle, type SettingsPage } from './settings-pages.tsx';

/** Opens a page, or scrolls to a part of it or to the field with a label. */
type Open = (pageId: string, partId: string, label?: string) => void;

interface SettingsContentsProps {
  readonly pages: readonly SettingsPage[];
  /** The ID of the open page. */
  readonly current: string;
  /** The ID of the part that was chosen last. */
  readonly part: string;
  readonly onOpen: Open;
}

/** The list of pages beside the open one, by groups; while something is typed into its field, the places where it occurs. */
export function SettingsContents({ pages, current, part, onOpen }: SettingsContentsProps) {
  const t = useTexts();
  const [typed, setTyped] = useState('');
  const entryOf = useEntries();
  return (
    <nav className="settings-contents" aria-label={t('settings.contents')}>
      <TextInput
        type="search"
        size="xs"
        aria-label={t('settings.find')}
        placeholder={t('settings.find')}
        value={typed}
        data-testid="settings-find"
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      {typed.trim() === '' ? (
        settingsGroups.map((group) => (
          <PageGroup
            key={group}
            title={t(`settings.groups.${group}`)}
            entries={pages.filter((page) => page.group === group).map(entryOf)}
            current={current}
            part={part}
            onOpen={onOpen}
          />
        ))
      ) : (
        <FoundPlaces entries={pages.map(entryOf)} typed={typed} onOpen={onOpen} />
      )}
    </nav>
  );
}

/** Makes the entry of a page. */
function useEntries(): (page: SettingsPage) => SettingsPageEntry {
  const t = useTexts();
  const { t: read } = useTranslation();
  return ({ title, texts, topics = [] }) => ({
    id: idOf(title),
    title: t(title),
    labels: labelsBelow((key) => read(key as never, { returnObjects: true } as never), texts),
    subsections: topics.map((topic) => ({
      id: idOf(topicTitle(topic)),
      title: t(topicTitle(topic)),
      labels: ruleLabels(t, topic),
    })),
  });
}

interface PageGroupProps {
  readonly title: string;
  readonly entries: readonly SettingsPageEntry[];
  readonly current: string;
  readonly part: string;
  readonly onOpen: Open;
}

/** A group of pages, with a mark at those whose changes were not saved. */
function PageGroup({ title, entries, current, part: chosenPart, onOpen }: PageGroupProps) {
  const t = useTexts();
  const unsaved = useUnsavedTitles();
  if (entries.length === 0) return null;
  const link = (page: SettingsPageEntry, { id, title: name }: SettingsEntry) => (
    <a
      href={`#${id}`}
      data-testid={`settings-link-${id}`}
      aria-current={id === current ? 'page' : id === chosenPart ? 'location' : undefined}
      onClick={(event) => {
        event.preventDefault();
        onOpen(page.id, id);
      }}
    >
      {name}
      {unsaved.includes(name) && <span className="settings-unsaved"> · {t('settings.unsaved')}</span>}
    </a>
  );
  return (
    <>
      <h2>{title}</h2>
      <ul>
        {entries.map((page) => (
          <li key={page.id}>
            {link(page, page)}
            {page.id === current && page.subsections.length > 0 && (
              <ul>
                {page.subsections.map((part) => (
                  <li key={part.id}>{link(page, part)}</li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

interface FoundPlacesProps {
  readonly entries: readonly SettingsPageEntry[];
  readonly typed: string;
  readonly onOpen: Open;
}

/** The pages and parts where the typed words occur, each with the labels that have them. */
function FoundPlaces({ entries, typed, onOpen }: FoundPlacesProps) {
  const t = useTexts();
  const found = findSettings(entries, typed);
  const link = (text: string, pageId: string, partId: string, label?: string) => (
    <a
      href={`#${partId}`}
      data-testid={`settings-found-${label === undefined ? 'place' : 'label'}`}
      onClick={(event) => {
        event.preventDefault();
        onOpen(pageId, partId, label);
      }}
    >
      {text}
    </a>
  );
  return (
    <>
      <p role="status">{t('settings.found', { count: found.length })}</p>
      <ul>
        {found.map(({ page, id, title, labels }) => (
          <li key={id}>
            {link(title, page.id, id)}
            {labels.length > 0 && (
              <ul>
                {labels.map((label) => (
                  <li key={label}>{link(label, page.id, id, label)}</li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
