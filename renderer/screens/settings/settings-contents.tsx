import { useTexts } from '../../texts/use-texts.ts';
import { useUnsavedTitles } from '../../parts/unsaved/unsaved.tsx';

interface SettingsEntry {
  /** The element that holds the page, or the part of it. */
  readonly id: string;
  readonly title: string;
}

export interface SettingsPageEntry extends SettingsEntry {
  /** The parts of a long page, which are listed while it is open. */
  readonly subsections: readonly SettingsEntry[];
}

interface SettingsContentsProps {
  readonly entries: readonly SettingsPageEntry[];
  /** The ID of the open page. */
  readonly current: string;
  /** The ID of the part that was chosen last. */
  readonly part: string;
  /** Opens a page, or scrolls to a part of it. */
  readonly onOpen: (pageId: string, partId: string) => void;
}

/** The list of pages beside the open one, with a mark at those whose changes were not saved. */
export function SettingsContents({ entries, current, part: chosenPart, onOpen }: SettingsContentsProps) {
  const t = useTexts();
  const unsaved = useUnsavedTitles();
  const link = (page: SettingsPageEntry, { id, title }: SettingsEntry) => (
    <a
      href={`#${id}`}
      data-testid={`settings-link-${id}`}
      aria-current={id === current ? 'page' : id === chosenPart ? 'location' : undefined}
      onClick={(event) => {
        event.preventDefault();
        onOpen(page.id, id);
      }}
    >
      {title}
      {unsaved.includes(title) && <span className="settings-unsaved"> · {t('settings.unsaved')}</span>}
    </a>
  );
  return (
    <nav className="settings-contents" aria-label={t('settings.contents')}>
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
    </nav>
  );
}
