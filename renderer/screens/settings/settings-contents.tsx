import { useEffect, useState } from 'react';
import { useTexts } from '../../texts/use-texts.ts';

interface SettingsEntry {
  /** The element that holds the section. */
  readonly id: string;
  readonly title: string;
}

interface SettingsGroup extends SettingsEntry {
  /** Its parts, which stand in the page once they have been read. */
  readonly under: readonly SettingsEntry[];
}

/** The sections of the settings, beside them while they scroll; the one in sight is marked. */
export function SettingsContents({ entries }: { readonly entries: readonly SettingsGroup[] }) {
  const t = useTexts();
  const [current, setCurrent] = useState(entries[0]?.id ?? '');
  const ids = entries.flatMap(({ id, under }) => [id, ...under.map((part) => part.id)]).join(' ');
  useEffect(() => {
    const order = ids.split(' ');
    const watched = new Map<string, Element>();
    const inSight = new Set<string>();
    const first = document.getElementById(order[0] ?? '');
    const observer = new IntersectionObserver(
      (changes) => {
        for (const { target, isIntersecting } of changes) {
          if (isIntersecting) inSight.add(target.id);
          else inSight.delete(target.id);
        }
        const found = order.find((id) => inSight.has(id));
        if (found !== undefined) setCurrent(found);
      },
      // What is read stands in the upper third, below the end of the section before.
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
    // Parts come once they have been read, and anew when they were changed.
    const coming = new MutationObserver(watch);
    if (first?.parentElement) coming.observe(first.parentElement, { childList: true, subtree: true });
    return () => {
      observer.disconnect();
      coming.disconnect();
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
        {entries.map(({ under, ...entry }) => (
          <li key={entry.id}>
            {link(entry)}
            {under.length > 0 && (
              <ul>
                {under.map((part) => (
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
