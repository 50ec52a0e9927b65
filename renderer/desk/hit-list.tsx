import { useEffect, useRef } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { AccountHit } from '../../shared/api/account.ts';
import { AccountBadges } from '../account/account-badges.tsx';
import { useWords } from '../texts/use-words.ts';
import { Marked } from './marked.tsx';

const rowHeight = 58;

interface HitListProps {
  readonly id: string;
  readonly hits: readonly AccountHit[];
  readonly selected: number;
  readonly onOpen: (hit: AccountHit) => void;
}

export const optionId = (listId: string, index: number): string => `${listId}-${index}`;

/** The accounts found; only the rows in sight are in the page. */
export function HitList({ id, hits, selected, onOpen }: HitListProps) {
  const words = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: hits.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    initialRect: { width: 600, height: 480 },
  });
  useEffect(() => {
    if (hits.length > 0) rows.scrollToIndex(selected);
  }, [rows, selected, hits.length]);
  return (
    <div className="hits" ref={scroller}>
      <div
        id={id}
        role="listbox"
        aria-label={words('desk.search.results')}
        style={{ height: rows.getTotalSize(), position: 'relative' }}
      >
        {rows.getVirtualItems().map(({ index, start }) => {
          const hit = hits[index];
          if (hit === undefined) return null;
          return (
            <div
              key={hit.id}
              id={optionId(id, index)}
              role="option"
              tabIndex={-1}
              aria-selected={index === selected}
              aria-posinset={index + 1}
              aria-setsize={hits.length}
              className="hit"
              style={{ transform: `translateY(${start}px)`, height: rowHeight }}
              // The search box keeps the focus, so that typing goes on.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onOpen(hit)}
              onKeyDown={(event) => event.key === 'Enter' && onOpen(hit)}
            >
              <div className="hit-who">
                <div className="hit-name">
                  <Marked text={hit.displayName} ranges={hit.marks.displayName} />
                </div>
                <div className="hit-line">
                  <Marked text={hit.userName} ranges={hit.marks.userName} />
                  {hit.department !== null && (
                    <>
                      {' · '}
                      <bdi>{hit.department}</bdi>
                    </>
                  )}
                  {hit.employeeNumber !== null && (
                    <>
                      {' · '}
                      <Marked text={hit.employeeNumber} ranges={hit.marks.employeeNumber} />
                    </>
                  )}
                  {hit.emailMasked !== null && ` · ${hit.emailMasked}`}
                </div>
              </div>
              {hit.exact !== null ? (
                <span className="hit-why">{words(`desk.search.exact.${hit.exact}`)}</span>
              ) : (
                hit.matchedBy.map((field) => (
                  <span key={field} className="hit-why">
                    {words(`desk.search.matchedBy.${field}`)}
                  </span>
                ))
              )}
              <AccountBadges statuses={hit.statuses} tier={hit.tier} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
