import {
  useCallback,
  useEffect,
  useEffectEvent,
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type Ref,
} from 'react';
import { Button, Group, Text } from '@mantine/core';
import type { AccountFilter, AccountHit } from '../../../shared/api/account.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useTexts, type Translate } from '../../texts/use-texts.ts';
import { useAnnouncement } from '../announcer/announcer.tsx';
import { pressedKey } from '../keys/pressed-key.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import type { GivenSearch } from './given-search.ts';
import { SearchField } from './search-field.tsx';
import { SearchFilters } from './search-filters.tsx';
import { SearchResults } from './search-results.tsx';
import { useAccountSearch, type Found } from './use-account-search.ts';
import './search.css';

const everything: AccountFilter = {};

/** How many accounts were found, as it is announced. */
const countText = (t: Translate, count: number) =>
  count === 0 ? t('search.noneShort') : t('search.count', { count });

interface AccountSearchProps {
  readonly ref?: Ref<HTMLInputElement>;
  readonly large?: boolean;
  /** What a link has filled in; it stays until the operator opens a case, removes it or leaves the desk. */
  readonly given?: GivenSearch | null;
  readonly onOpen: (caseId: string) => void;
}

/** The ticket that a link has filled in. */
function GivenTicket({ ticket, onRemove }: { readonly ticket: string; readonly onRemove: () => void }) {
  const t = useTexts();
  return (
    <Group gap={6} mt={6} data-testid="search-ticket">
      <Text size="sm">
        <bdi>{t('search.ticket', { ticket })}</bdi>
      </Text>
      <Button size="compact-sm" variant="subtle" data-testid="search-ticket-remove" onClick={onRemove}>
        {t('search.removeTicket')}
      </Button>
    </Group>
  );
}

/** The search box: results appear as the operator types, arrow keys select, and Enter opens a case about the selected account. */
export function AccountSearch({ ref, large = false, given = null, onOpen }: AccountSearchProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const list = useId();
  const [text, setText] = useState(given?.text ?? '');
  const [ticket, setTicket] = useState(given?.ticket ?? null);
  const [filter, setFilter] = useState(everything);
  const [selected, setSelected] = useState(0);
  const [refused, setRefused] = useState<Failure | null>(null);
  const { found, failure, isPending, fresh, retry, askAhead } = useAccountSearch(text, filter);
  const box = useRef<HTMLDivElement>(null);
  const enterWaits = useRef(false);
  const opening = useRef(false);
  const hits = found?.hits ?? [];
  const isFiltered = Object.keys(filter).length > 0;
  const isStale = isPending && !fresh();
  useAnnouncement(found !== null && fresh() ? countText(t, found.hits.length) : null);

  const open = async (hit: AccountHit | undefined) => {
    if (hit === undefined || opening.current) return;
    opening.current = true;
    setRefused(null);
    const answer = await bridge.cases.open({
      body: { accountId: hit.id, ...(ticket !== null && { ticket }) },
    });
    opening.current = false;
    if (!answer.ok) return setRefused(answer.failure);
    setText('');
    setFilter(everything);
    onOpen(answer.value.id);
  };
  const onAnswer = useEffectEvent((answer: Found | null) => {
    setSelected(0);
    // Enter was pressed before the results for the current text had arrived.
    if (enterWaits.current && fresh()) {
      enterWaits.current = false;
      void open(answer?.hits[0]);
    }
  });
  useEffect(() => onAnswer(found), [found]);

  const onKeyDown = (event: KeyboardEvent) => {
    const key = pressedKey(event);
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault();
      const step = key === 'ArrowDown' ? 1 : -1;
      setSelected((before) => Math.max(0, Math.min(hits.length - 1, before + step)));
    } else if (key === 'Enter') {
      event.preventDefault();
      if (text.trim() === '') return;
      if (fresh()) return void open(hits[selected]);
      enterWaits.current = true;
      if (failure !== null) retry();
    } else if (key === 'Escape' && (text !== '' || isFiltered)) {
      event.stopPropagation();
      if (text === '') setFilter(everything);
      setText('');
    }
  };
  const choose = useRef<(hit: AccountHit) => void>(() => undefined);
  useEffect(() => {
    // A hit of an older text cannot be chosen.
    choose.current = (hit) => {
      if (fresh()) void open(hit);
    };
  });
  const onChoose = useCallback((hit: AccountHit) => choose.current(hit), []);
  const toField = () => box.current?.querySelector('input')?.focus();
  return (
    <div ref={box} className={large ? 'search large' : 'search'} role="search">
      <SearchField
        ref={ref}
        large={large}
        list={list}
        text={text}
        active={hits.length > 0 ? selected : null}
        onText={(value) => {
          enterWaits.current = false;
          askAhead(value);
          setText(value);
        }}
        onKeyDown={onKeyDown}
      />
      {ticket !== null && <GivenTicket ticket={ticket} onRemove={() => setTicket(null)} />}
      <FailureLine failure={refused} read={failure} />
      {(text.trim() !== '' || isFiltered) && (
        <div className="search-panel">
          <SearchFilters text={text.trim()} filter={filter} onFilter={setFilter} onLeave={toField} />
          <SearchResults
            id={list}
            text={text.trim()}
            found={found}
            isFresh={fresh()}
            isStale={isStale}
            isFiltered={isFiltered}
            selected={selected}
            onPoint={setSelected}
            onChoose={onChoose}
            onUnfilter={() => {
              setFilter(everything);
              toField();
            }}
          />
        </div>
      )}
    </div>
  );
}
