import { memo, useEffect, useRef } from 'react';
import type { AccountHit } from '../../../shared/api/account.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Marked } from './marked.tsx';

interface HitProps {
  readonly id: string;
  readonly hit: AccountHit;
  readonly selected: boolean;
  /** The hit answers an older text, and the answer to the current one is late: it cannot be chosen. */
  readonly isStale: boolean;
  readonly index: number;
  readonly onPoint: (index: number) => void;
  readonly onChoose: (hit: AccountHit) => void;
}

const Hit = memo(function Hit({ id, hit, index, selected, isStale, onPoint, onChoose }: HitProps) {
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
      onPointerMove={() => onPoint(index)}
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onChoose(hit)}
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
});

interface HitListProps {
  /** The element ID of the list; an option's is this and its index. */
  readonly id: string;
  readonly hits: readonly AccountHit[];
  readonly selected: number;
  readonly isStale: boolean;
  /** Both must stay the same function, so that a key does not render the rows again before its answer arrives. */
  readonly onPoint: (index: number) => void;
  readonly onChoose: (hit: AccountHit) => void;
}

/** The rows of a search. */
export const HitList = memo(function HitList({ id, hits, selected, ...rest }: HitListProps) {
  const t = useTexts();
  return (
    <ul className="search-results" role="listbox" id={id} aria-label={t('search.results')}>
      {hits.map((hit, index) => (
        <Hit
          key={hit.id}
          {...rest}
          id={`${id}-${index}`}
          index={index}
          hit={hit}
          selected={index === selected}
        />
      ))}
    </ul>
  );
});
