import { useEffect, useRef } from 'react';
import { Button, Text } from '@mantine/core';
import type { AccountHit } from '../../../shared/api/account.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Marked } from './marked.tsx';
import type { Found } from './use-account-search.ts';

interface SearchResultsProps {
  /** The element ID of the list; an option's is this and its index. */
  readonly id: string;
  /** What was searched for. */
  readonly text: string;
  readonly found: Found | null;
  /** Whether `found` answers the current text. */
  readonly isFresh: boolean;
  /** `found` answers an older text, and the answer to the current one is late. */
  readonly isStale: boolean;
  /** Whether a filter is set. */
  readonly isFiltered: boolean;
  /** The index of the selected account. */
  readonly selected: number;
  readonly onPoint: (index: number) => void;
  readonly onChoose: (hit: AccountHit) => void;
  /** Removes the filter. */
  readonly onUnfilter: () => void;
}

/** The accounts that a search has found, or why the list is empty. */
export function SearchResults({
  id,
  text,
  found,
  isFresh,
  isStale,
  isFiltered,
  selected,
  onPoint,
  onChoose,
  onUnfilter,
}: SearchResultsProps) {
  const t = useTexts();
  const hits = found?.hits ?? [];
  return (
    <>
      {isStale && (
        <Text size="sm" c="dimmed" className="search-pending" data-testid="search-pending">
          {t('search.pending')}
        </Text>
      )}
      {found !== null && isFresh && hits.length === 0 && (
        <div className="search-none" data-testid="search-none">
          <Text fw={600}>{t('search.none', { text })}</Text>
          {isFiltered ? (
            <>
              <Text size="sm" c="dimmed">
                {t(found.more ? 'search.filters.cut' : 'search.filters.none')}
              </Text>
              <Button
                size="compact-sm"
                variant="default"
                mt={8}
                data-testid="search-unfilter"
                onClick={onUnfilter}
              >
                {t('search.filters.removeAll')}
              </Button>
            </>
          ) : (
            <Text size="sm" c="dimmed">
              {t('search.tried')} {t('search.ask')}
            </Text>
          )}
        </div>
      )}
      {hits.length > 0 && (
        <ul className="search-results" role="listbox" id={id} aria-label={t('search.results')}>
          {hits.map((hit, index) => (
            <Hit
              key={hit.id}
              id={`${id}-${index}`}
              hit={hit}
              selected={index === selected}
              isStale={isStale}
              onPoint={() => onPoint(index)}
              onChoose={() => (isFresh ? onChoose(hit) : undefined)}
            />
          ))}
        </ul>
      )}
      {found?.more === true && hits.length > 0 && (
        <Text size="sm" c="dimmed" className="search-more" data-testid="search-more">
          {t('search.more')}
        </Text>
      )}
    </>
  );
}

interface HitProps {
  readonly id: string;
  readonly hit: AccountHit;
  readonly selected: boolean;
  /** The hit answers an older text, and the answer to the current one is late: it cannot be chosen. */
  readonly isStale: boolean;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
}

function Hit({ id, hit, selected, isStale, onPoint, onChoose }: HitProps) {
  const t = useTexts();
  const option = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (selected) option.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  const matched =
    hit.similar !== null
      ? [t(`search.similar.${hit.similar}`)]
      : hit.exact === null
        ? hit.matchedBy.map((by) => t(`search.matchedBy.${by}`))
        : [t(`search.exact.${hit.exact}`)];
  return (
    // The search field handles the keys: its arrow keys select an option.
    <li
      ref={option}
      id={id}
      role="option"
      aria-selected={selected}
      aria-disabled={isStale || undefined}
      className="hit"
      data-similar={hit.similar ?? undefined}
      data-testid="search-hit"
      onPointerMove={onPoint}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <span className="hit-name">
        <Marked text={hit.displayName} marks={hit.marks.displayName} />
      </span>
      <span>
        {hit.statuses
          .filter((status) => status !== 'active')
          .map((status) => (
            <span key={status} className="badge" data-look="warn">
              {t(`search.statuses.${status}`)}
            </span>
          ))}
        {hit.outOfScope && <span className="badge">{t('search.outOfScope')}</span>}
        {hit.tier !== 'standard' && (
          <span className="badge" data-look={hit.tier}>
            {t(`search.tiers.${hit.tier}`)}
          </span>
        )}
      </span>
      <span className="hit-facts">
        <Marked text={hit.userName} marks={hit.marks.userName} />
        {hit.directory !== null && (
          <>
            {' · '}
            <bdi>{hit.directory.name ?? t(`search.directories.${hit.directory.kind}`)}</bdi>
          </>
        )}
        {hit.department === null ? '' : ` · ${hit.department}`}
        {hit.employeeNumber === null ? '' : ' · '}
        {hit.employeeNumber !== null && <Marked text={hit.employeeNumber} marks={hit.marks.employeeNumber} />}
        {hit.emailMasked === null ? '' : ` · ${hit.emailMasked}`}
      </span>
      <span className="hit-facts">{matched.join(', ')}</span>
    </li>
  );
}
