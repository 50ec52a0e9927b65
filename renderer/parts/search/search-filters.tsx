import { useState, type KeyboardEvent } from 'react';
import { CloseButton } from '@mantine/core';
import { accountStatuses, type AccountFilter, type FilterChoices } from '../../../shared/api/account.ts';
import { tiers } from '../../../shared/api/tiers.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { pressedKey } from '../keys/pressed-key.ts';

const names = ['status', 'tier', 'department', 'directory'] as const;
type Name = (typeof names)[number];

interface SearchFiltersProps {
  /** What is searched for. */
  readonly text: string;
  readonly filter: AccountFilter;
  readonly onFilter: (filter: AccountFilter) => void;
  /** Moves the focus back to the search field. */
  readonly onLeave: () => void;
}

const without = (filter: AccountFilter, name: Name): AccountFilter =>
  Object.fromEntries(Object.entries(filter).filter(([key]) => key !== name));

/**
 * The filters of the search, each a chip with a list of values. By keyboard: Tab reaches them from the search field, the arrow keys change a value, Delete
 * removes it, and Enter or Escape returns to the field.
 */
export function SearchFilters({ text, filter, onFilter, onLeave }: SearchFiltersProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [choices, setChoices] = useState<FilterChoices | null>(null);
  const [chosenFor, setChosenFor] = useState('');

  /** Departments and directories are read when an operator reaches the filters, so that typing does not wait for them. */
  const readChoices = async () => {
    if (text === '' || chosenFor === text) return;
    setChosenFor(text);
    const answer = await bridge.accounts.search({ query: { q: text, limit: 1, choices: 'true' } });
    if (answer.ok) setChoices(answer.value.choices ?? null);
    else setChosenFor('');
  };
  const optionsOf = (name: Name): { readonly value: string; readonly label: string }[] => {
    const set = filter[name];
    switch (name) {
      case 'status':
        return accountStatuses.map((value) => ({ value, label: t(`search.statuses.${value}`) }));
      case 'tier':
        return tiers.map((value) => ({ value, label: t(`search.tiers.${value}`) }));
      case 'department': {
        const known = choices?.departments ?? [];
        const all = set === undefined || known.includes(set) ? known : [set, ...known];
        return all.map((value) => ({ value, label: value }));
      }
      case 'directory':
        return (choices?.directories ?? []).map(({ id, name: directoryName }) => ({
          value: id,
          label: directoryName ?? t('search.filters.builtIn'),
        }));
    }
  };
  const choose = (name: Name, value: string) =>
    onFilter(value === '' ? without(filter, name) : { ...filter, [name]: value });
  const onKeyDown = (event: KeyboardEvent, name: Name) => {
    const key = pressedKey(event);
    if (key === 'Enter' || key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onLeave();
    } else if ((key === 'Delete' || key === 'Backspace') && filter[name] !== undefined) {
      event.preventDefault();
      onFilter(without(filter, name));
    }
  };
  return (
    <fieldset
      onPointerEnter={() => void readChoices()}
      className="search-filters"
      aria-label={t('search.filters.label')}
      data-testid="search-filters"
    >
      {names.map((name) => {
        const options = optionsOf(name);
        const set = filter[name];
        // With one directory there is nothing to choose.
        if (name === 'directory' && options.length <= 1 && set === undefined) return null;
        return (
          <span key={name} className="search-filter" data-set={set === undefined ? undefined : true}>
            <select
              aria-label={t(`search.filters.${name}`)}
              data-testid={`search-filter-${name}`}
              value={set ?? ''}
              onFocus={() => void readChoices()}
              onChange={(event) => choose(name, event.currentTarget.value)}
              onKeyDown={(event) => onKeyDown(event, name)}
            >
              <option value="">
                {t(set === undefined ? `search.filters.${name}` : `search.filters.any.${name}`)}
              </option>
              {options.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
            {set !== undefined && (
              <CloseButton
                size="sm"
                radius="xl"
                mr={2}
                data-testid={`search-filter-${name}-remove`}
                aria-label={t('search.filters.remove', { name: t(`search.filters.${name}`) })}
                onClick={() => {
                  onFilter(without(filter, name));
                  onLeave();
                }}
              />
            )}
          </span>
        );
      })}
    </fieldset>
  );
}
