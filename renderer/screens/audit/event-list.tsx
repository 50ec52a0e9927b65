import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { AuditEntry } from '../../../shared/api/audit.ts';
import { pressedKey } from '../../parts/keys/pressed-key.ts';
import { fullStamp } from '../../parts/clock/format-time.ts';
import { sentence, whoOf } from '../../parts/timeline/timeline.tsx';
import { useTexts } from '../../texts/use-texts.ts';

const rowHeight = 40;

interface EventListProps {
  readonly events: readonly AuditEntry[];
  readonly more: boolean;
  readonly chosen: number | null;
  readonly onChoose: (seq: number) => void;
  /** Called when the last rows become visible. */
  readonly onEnd: () => void;
}

/** The events as a virtual list; arrow keys, Page Up, Page Down, Home and End move the selection. */
export function EventList({ events, more, chosen, onChoose, onEnd }: EventListProps) {
  const t = useTexts();
  const scroll = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- no compiler in this build; the rows are made where they are measured
  const rows = useVirtualizer({
    count: events.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const visible = rows.getVirtualItems();
  const last = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && events.length > 0 && last >= events.length - 20) onEnd();
  }, [more, last, events.length, onEnd]);
  const at = events.findIndex(({ seq }) => seq === chosen);
  const move = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 400) / rowHeight) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: events.length - 1,
    };
    const to = steps[pressedKey(event)];
    if (to === undefined) return;
    event.preventDefault();
    const index = Math.max(0, Math.min(events.length - 1, to));
    const entry = events[index];
    if (entry === undefined) return;
    onChoose(entry.seq);
    rows.scrollToIndex(index);
  };
  return (
    <div
      ref={scroll}
      className="audit-list"
      data-testid="audit-events"
      role="listbox"
      tabIndex={0}
      aria-label={t('audit.list')}
      aria-activedescendant={at < 0 ? undefined : `event-${chosen}`}
      onKeyDown={move}
    >
      <div style={{ height: rows.getTotalSize(), position: 'relative' }} role="presentation">
        {visible.map(({ index, start }) => {
          const entry = events[index];
          if (entry === undefined) return null;
          return (
            <div
              key={entry.seq}
              id={`event-${entry.seq}`}
              className="audit-row"
              role="option"
              tabIndex={-1}
              aria-selected={entry.seq === chosen}
              aria-setsize={more ? -1 : events.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start}px)`, height: rowHeight }}
              onClick={() => onChoose(entry.seq)}
            >
              <span className="audit-number">{entry.seq}</span>
              <span>{fullStamp(entry.at)}</span>
              <span className={entry.outcome === 'done' ? undefined : 'refused-text'}>
                {sentence(t, entry)}
              </span>
              <bdi>{entry.account?.displayName ?? ''}</bdi>
              <bdi>{whoOf(t, { ...entry, caseNumber: null })}</bdi>
            </div>
          );
        })}
      </div>
    </div>
  );
}
