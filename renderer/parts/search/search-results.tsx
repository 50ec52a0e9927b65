import { Button, Text } from '@mantine/core';
import type { AccountHit } from '../../../shared/api/account.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { HitList } from './hit-list.tsx';
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

const noHits: readonly AccountHit[] = [];

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
  const hits = found?.hits ?? noHits;
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
        <HitList
          id={id}
          hits={hits}
          selected={selected}
          isStale={isStale}
          onPoint={onPoint}
          onChoose={onChoose}
        />
      )}
      {found?.more === true && hits.length > 0 && (
        <Text size="sm" c="dimmed" className="search-more" data-testid="search-more">
          {t('search.more')}
        </Text>
      )}
    </>
  );
}
