import { useEffect, useState } from 'react';
import { useWords } from '../texts/use-words.ts';

export interface SettingsEntry {
  /** The element that holds the section. */
  readonly id: string;
  readonly title: string;
}

/** The sections of the settings, beside them while they scroll; the one in sight is marked. */
export function SettingsContents({ entries }: { readonly entries: readonly SettingsEntry[] }) {
  const words = useWords();
  const [current, setCurrent] = useState(entries[0]?.id ?? '');
  const ids = entries.map(({ id }) => id).join(' ');
  useEffect(() => {
    const inSight = new Set<string>();
    const order = ids.split(' ');
    const observer = new IntersectionObserver(
      (changes) => {
        for (const { target, isIntersecting } of changes) {
          if (isIntersecting) inSight.add(target.id);
          else inSight.delete(target.id);
        }
        const first = order.find((id) => inSight.has(id));
        if (first !== undefined) setCurrent(first);
      },
      // What is read stands in the upper third, below the end of the section before.
      {
        root: document.getElementById(order[0] ?? '')?.closest('.content') ?? null,
        rootMargin: '-24px 0px -66% 0px',
      },
    );
    for (const id of order) {
      const section = document.getElementById(id);
      if (section !== null) observer.observe(section);
    }
    return () => observer.disconnect();
  }, [ids]);
  const show = (id: string) => {
    const section = document.getElementById(id);
    section?.scrollIntoView({ block: 'start' });
    section?.focus({ preventScroll: true });
    setCurrent(id);
  };
  return (
    <nav className="settings-contents" aria-label={words('settings.contents')}>
      <ul>
        {entries.map(({ id, title }) => (
          <li key={id}>
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
          </li>
        ))}
      </ul>
    </nav>
  );
}
