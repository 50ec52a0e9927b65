import { useEffect, useState } from 'react';
import { useTexts } from '../../texts/use-texts.ts';

interface SettingsEntry {
  /** The element that holds the section. */
  readonly id: string;
  readonly title: string;
}

interface SettingsGroup extends SettingsEntry {
  /** They appear in the page once their content has loaded. */
  readonly subsections: readonly SettingsEntry[];
}

/** The table of contents beside the scrolling sections; marks the section in view. */
export function SettingsContents({ entries }: { readonly entries: readonly SettingsGroup[] }) {
  const t = useTexts();
  const [current, setCurrent] = useState(entries[0]?.id ?? '');
  const ids = entries.flatMap(({ id, subsections }) => [id, ...subsections.map((part) => part.id)]).join(' ');
  useEffect(() => {
    const order = ids.split(' ');
    const watched = new Map<string, Element>();
    const inView = new Set<string>();
    const first = document.getElementById(order[0] ?? '');
    const observer = new IntersectionObserver(
      (changes) => {
        for (const { target, isIntersecting } of changes) {
          if (isIntersecting) inView.add(target.id);
          else inView.delete(target.id);
        }
        const found = order.find((id) => inView.has(id));
        if (found !== undefined) setCurrent(found);
      },
      // The section being read is in the upper third of the view, below the end of the previous one.
      { root: first?.closest('.content') ?? null, rootMargin: '-24px 0px -66% 0px' },
    );
    const watch = () => {
      for (const id of order) {
        const [element, before] = [document.getElementById(id), watched.get(id)];
        if (element === null || element === before) continue;
        if (before !== undefined) observer.unobserve(before);
        watched.set(id, element);
        observer.observe(element);
      }
    };
    watch();
    // Subsections are added when they have loaded, and replaced when they change.
    const additions = new MutationObserver(watch);
    if (first?.parentElement) additions.observe(first.parentElement, { childList: true, subtree: true });
    return () => {
      observer.disconnect();
      additions.disconnect();
    };
  }, [ids]);
  const show = (id: string) => {
    const section = document.getElementById(id);
    section?.scrollIntoView({ block: 'start' });
    section?.focus({ preventScroll: true });
    setCurrent(id);
  };
  const link = ({ id, title }: SettingsEntry) => (
    <a
      href={`#${id}`}
      data-testid={`settings-link-${id}`}
      aria-current={id === current ? 'true' : undefined}
      onClick={(event) => {
        event.preventDefault();
        show(id);
      }}
    >
      {title}
    </a>
  );
  return (
    <nav className="settings-contents" aria-label={t('settings.contents')}>
      <ul>
        {entries.map(({ subsections, ...entry }) => (
          <li key={entry.id}>
            {link(entry)}
            {subsections.length > 0 && (
              <ul>
                {subsections.map((part) => (
                  <li key={part.id}>{link(part)}</li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}
