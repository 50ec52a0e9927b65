import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeAll, describe, expect, it } from 'vitest';
import { setUpTexts } from '../../texts/set-up-texts.ts';

import { searchBox } from './search-box-for-test.tsx';

beforeAll(async () => {
  await setUpTexts();
  // happy-dom does not scroll.
  Element.prototype.scrollIntoView = () => undefined;
});

describe('the search box with filters', () => {
  const chip = (name: string) => screen.getByTestId<HTMLSelectElement>(`search-filter-${name}`);
  const choose = (name: string, value: string) => fireEvent.change(chip(name), { target: { value } });

  it('searches again with the chosen values', async () => {
    const { type, answer, filters } = searchBox();
    type('muller');
    await answer('muller', ['Ann Muller']);
    choose('tier', 'privileged');
    choose('status', 'locked');
    expect(filters).toEqual([{}, { tier: 'privileged' }, { tier: 'privileged', status: 'locked' }]);
  });

  it('opens no hit of the search without the filter', async () => {
    const { type, answer, press, opened } = searchBox();
    type('muller');
    await answer('muller', ['Ann Muller']);
    choose('tier', 'privileged');
    press('Enter');
    expect(opened).toEqual([]);
    await answer('muller', ['Bob Muller']);
    await waitFor(() => expect(opened).toEqual(['id of Bob Muller']));
  });

  it('offers the departments of the matches once the filters have the focus', async () => {
    const { type, answer } = searchBox();
    type('muller');
    await answer('muller', ['Ann Muller']);
    expect([...chip('department').options].map(({ value }) => value)).toEqual(['']);
    await act(async () => chip('status').focus());
    expect([...chip('department').options].map(({ value }) => value)).toEqual(['', 'IT']);
  });

  it.each(['Delete', 'Backspace'])('removes a filter with %s', (key) => {
    const { type, filters } = searchBox();
    type('muller');
    choose('tier', 'privileged');
    fireEvent.keyDown(chip('tier'), { key });
    expect(chip('tier').value).toBe('');
    expect(filters.at(-1)).toEqual({});
  });

  it.each(['Enter', 'Escape'])('returns to the search field with %s and keeps the filter', (key) => {
    const { type } = searchBox();
    type('muller');
    choose('tier', 'privileged');
    act(() => chip('tier').focus());
    fireEvent.keyDown(chip('tier'), { key });
    expect(document.activeElement).toBe(screen.getByTestId('search-field'));
    expect(chip('tier').value).toBe('privileged');
  });

  it('removes all filters from where they hide every account', async () => {
    const { type, answer, filters } = searchBox();
    type('muller');
    choose('tier', 'privileged');
    await answer('muller', []);
    fireEvent.click(screen.getByTestId('search-unfilter'));
    expect(filters.at(-1)).toEqual({});
  });

  it('forgets its filters once a case is open', async () => {
    const { type, answer, press, filters } = searchBox();
    type('muller');
    choose('tier', 'privileged');
    await answer('muller', ['Bob Muller']);
    press('Enter');
    await waitFor(() => expect(screen.queryByTestId('search-filters')).toBeNull());
    type('okafor');
    expect(filters.at(-1)).toEqual({});
  });
});
