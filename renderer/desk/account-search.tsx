import { useId, useState, type RefObject } from 'react';
import { Kbd, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { limits } from '../../shared/api/limits.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { useWords } from '../texts/use-words.ts';
import { HitList, optionId } from './hit-list.tsx';
import { useAccountSearch } from './use-account-search.ts';
import './desk.css';

interface AccountSearchProps {
  readonly inputRef: RefObject<HTMLInputElement | null>;
  /** In the middle of the desk, with its results below it; or in the bar, with its results over the page. */
  readonly place: 'desk' | 'bar';
  readonly onCase: (caseId: string) => void;
  readonly onText?: (text: string) => void;
}

/** The one search box: type, Enter opens a case for the chosen account. */
export function AccountSearch({ inputRef, place, onCase, onText }: AccountSearchProps) {
  const words = useWords();
  const search = useAccountSearch(onCase);
  const listId = useId();
  const [open, setOpen] = useState(false);
  const wanted = search.text.trim() !== '';
  const shown = wanted && (place === 'desk' || open);
  const change = (text: string) => {
    search.change(text);
    onText?.(text);
  };
  return (
    <div
      className="search"
      data-place={place}
      onFocus={() => setOpen(true)}
      onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || setOpen(false)}
    >
      <TextInput
        ref={inputRef}
        autoFocus={place === 'desk'}
        size={place === 'desk' ? 'lg' : 'sm'}
        role="combobox"
        aria-label={words('desk.search.label')}
        aria-expanded={shown && search.hits.length > 0}
        aria-controls={shown && search.hits.length > 0 ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={
          shown && search.hits.length > 0 ? optionId(listId, search.selected) : undefined
        }
        placeholder={words('desk.search.placeholder')}
        autoComplete="off"
        spellCheck={false}
        maxLength={limits.search}
        leftSection={<IconSearch size={place === 'desk' ? 20 : 16} aria-hidden />}
        rightSection={<Kbd aria-hidden>Ctrl K</Kbd>}
        rightSectionWidth={68}
        value={search.text}
        onChange={(event) => change(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') search.move(1);
          else if (event.key === 'ArrowUp') search.move(-1);
          else if (event.key === 'Enter' && !event.nativeEvent.isComposing) search.enter();
          else if (event.key === 'Escape' && search.text !== '') change('');
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {shown && (
        <div className="search-answer">
          <div role="status" className="search-status">
            {search.opening
              ? words('desk.search.opening')
              : search.answered
                ? search.hits.length === 0
                  ? ''
                  : words(search.more ? 'desk.search.more' : 'desk.search.count', {
                      count: search.hits.length,
                    })
                : words('desk.search.searching')}
          </div>
          <FailureLine failure={search.failure} />
          {search.hits.length > 0 && (
            <HitList
              id={listId}
              hits={search.hits}
              selected={search.selected}
              onOpen={(hit) => void search.open(hit)}
            />
          )}
          {search.answered && search.hits.length === 0 && (
            <div className="nothing-found">
              <p>
                <strong>{words('desk.search.none', { text: search.text.trim() })}</strong>
              </p>
              <p className="quiet">{words('desk.search.tried', { count: search.accounts })}</p>
              <p>{words('desk.search.ask')}</p>
              <ul>
                {(['askSpell', 'askMail', 'askNumber'] as const).map((question) => (
                  <li key={question}>{words(`desk.search.${question}`)}</li>
                ))}
              </ul>
            </div>
          )}
        </div>
      )}
    </div>
  );
}
