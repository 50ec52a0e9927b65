import { useEffect, useId, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { Button, Group, Kbd, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { withoutPastedPassword } from '../../../shared/typed/identifier.ts';
import type { AccountHit } from '../../../shared/api/account.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useTexts, type Translate } from '../../texts/use-texts.ts';
import { useAnnouncement } from '../announcer/announcer.tsx';
import { pressedKey } from '../keys/pressed-key.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import type { GivenSearch } from './given-search.ts';
import { Marked } from './marked.tsx';
import { useAccountSearch } from './use-account-search.ts';
import './search.css';

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

/** The search box: results appear as the operator types, arrow keys select, and Enter opens a case about the selected account. */
export function AccountSearch({ ref, large = false, given = null, onOpen }: AccountSearchProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const list = useId();
  const [text, setText] = useState(given?.text ?? '');
  const [ticket, setTicket] = useState(given?.ticket ?? null);
  const [selected, setSelected] = useState(0);
  const [refused, setRefused] = useState<Failure | null>(null);
  const { found, failure, isPending, fresh, retry } = useAccountSearch(text);
  const enterWaits = useRef(false);
  const opening = useRef(false);
  const hits = found?.hits ?? [];
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
    onOpen(answer.value.id);
  };
  useEffect(() => {
    setSelected(0);
    // Enter was pressed before the results for the current text had arrived.
    if (enterWaits.current && fresh()) {
      enterWaits.current = false;
      void open(found?.hits[0]);
    }
    // oxlint-disable-next-line react/exhaustive-deps -- once for each answer
  }, [found]);

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
    } else if (key === 'Escape' && text !== '') {
      event.stopPropagation();
      setText('');
    }
  };
  return (
    <div className={large ? 'search large' : 'search'} role="search">
      <TextInput
        ref={ref}
        size={large ? 'lg' : 'sm'}
        data-testid="search-field"
        aria-label={t('search.label')}
        placeholder={t('search.placeholder')}
        leftSection={<IconSearch size={large ? 20 : 16} aria-hidden />}
        rightSection={text === '' ? <Kbd aria-hidden>Ctrl K</Kbd> : null}
        rightSectionWidth={72}
        rightSectionPointerEvents="none"
        autoFocus={large}
        spellCheck={false}
        autoComplete="off"
        maxLength={200}
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls={list}
        aria-activedescendant={hits.length > 0 ? `${list}-${selected}` : undefined}
        aria-autocomplete="list"
        value={text}
        onChange={(event) => {
          enterWaits.current = false;
          const { value } = event.currentTarget;
          const { inputType } = event.nativeEvent as InputEvent;
          // What was pasted after an address may be its password: it does not stay on the screen.
          setText(inputType === 'insertFromPaste' ? withoutPastedPassword(value) : value);
        }}
        onKeyDown={onKeyDown}
      />
      {ticket !== null && (
        <Group gap={6} mt={6} data-testid="search-ticket">
          <Text size="sm">
            <bdi>{t('search.ticket', { ticket })}</bdi>
          </Text>
          <Button
            size="compact-sm"
            variant="subtle"
            data-testid="search-ticket-remove"
            onClick={() => setTicket(null)}
          >
            {t('search.removeTicket')}
          </Button>
        </Group>
      )}
      <FailureLine failure={refused ?? failure} />
      {isStale && (
        <Text size="sm" c="dimmed" className="search-pending" data-testid="search-pending">
          {t('search.pending')}
        </Text>
      )}
      {found !== null && fresh() && hits.length === 0 && (
        <div className="search-none" data-testid="search-none">
          <Text fw={600}>{t('search.none', { text: text.trim() })}</Text>
          <Text size="sm" c="dimmed">
            {t('search.tried')} {t('search.ask')}
          </Text>
        </div>
      )}
      {hits.length > 0 && (
        <ul className="search-results" role="listbox" id={list} aria-label={t('search.results')}>
          {hits.map((hit, index) => (
            <Hit
              key={hit.id}
              id={`${list}-${index}`}
              hit={hit}
              selected={index === selected}
              isStale={isStale}
              onPoint={() => setSelected(index)}
              onChoose={() => (fresh() ? void open(hit) : undefined)}
            />
          ))}
        </ul>
      )}
      {found?.more === true && large && (
        <Text size="sm" c="dimmed" mt={6}>
          {t('search.more')}
        </Text>
      )}
    </div>
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
        {hit.department === null ? '' : ` · ${hit.department}`}
        {hit.employeeNumber === null ? '' : ' · '}
        {hit.employeeNumber !== null && <Marked text={hit.employeeNumber} marks={hit.marks.employeeNumber} />}
        {hit.emailMasked === null ? '' : ` · ${hit.emailMasked}`}
      </span>
      <span className="hit-facts">{matched.join(', ')}</span>
    </li>
  );
}
