import { MantineProvider } from '@mantine/core';
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AccountHit } from '../../../shared/api/account.ts';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import type { GivenSearch } from './given-search.ts';
import { AccountSearch } from './account-search.tsx';

beforeAll(async () => {
  await setUpTexts();
  // happy-dom does not scroll.
  Element.prototype.scrollIntoView = () => undefined;
});

const hitOf = (name: string) =>
  ({
    id: `id of ${name}`,
    displayName: name,
    userName: name,
    department: null,
    employeeNumber: null,
    emailMasked: null,
    tier: 'standard',
    statuses: ['active'],
    outOfScope: false,
    exact: null,
    matchedBy: [],
    directory: null,
    marks: { displayName: [], userName: [], employeeNumber: [] },
  }) as unknown as AccountHit;

/** A search box whose answers the test sends, in any order; `refusals` says how often a case is refused before one opens. */
function searchBox({ refusals = 0, given = null as GivenSearch | null } = {}) {
  let refused = 0;
  const answers = new Map<string, (result: unknown) => void>();
  const asked: string[] = [];
  const filters: object[] = [];
  const opened: string[] = [];
  const bodies: object[] = [];
  const connected = new Set<(event: { state: string }) => void>();
  const bridge = {
    on: (_event: string, listener: (event: { state: string }) => void) => {
      connected.add(listener);
      return () => connected.delete(listener);
    },
    accounts: {
      search: ({ query }: { query: { q: string; choices?: string } }) => {
        const { q, choices, ...filter } = query;
        if (choices !== undefined)
          return Promise.resolve({
            ok: true,
            value: { q, hits: [], more: false, choices: { departments: ['IT'], directories: [] } },
          });
        asked.push(q);
        filters.push(filter);
        return new Promise((resolve) => {
          answers.set(q, resolve);
        });
      },
    },
    cases: {
      open: async ({ body }: { body: { accountId: string; ticket?: string } }) => {
        const { accountId } = body;
        opened.push(accountId);
        bodies.push(body);
        refused += 1;
        if (refused <= refusals) return { ok: false, failure: { code: 'server.unreachable' } };
        return { ok: true, value: { id: `case of ${accountId}` } };
      },
    },
  };
  render(
    <MantineProvider>
      <BridgeOverride value={bridge as unknown as Bridge}>
        <AccountSearch given={given} onOpen={() => undefined} />
      </BridgeOverride>
    </MantineProvider>,
  );
  const field = screen.getByTestId('search-field');
  return {
    asked,
    filters,
    opened,
    bodies,
    type: (text: string) => fireEvent.change(field, { target: { value: text } }),
    press: (key: string) => fireEvent.keyDown(field, { key }),
    answer: (q: string, names: readonly string[]) =>
      act(async () => answers.get(q)?.({ ok: true, value: { q, hits: names.map(hitOf), more: false } })),
    connect: (state: string) => act(async () => connected.forEach((listener) => listener({ state }))),
    fail: (q: string, failure: Failure) => act(async () => answers.get(q)?.({ ok: false, failure })),
    hits: () => screen.queryAllByTestId('search-hit').map((hit) => hit.textContent),
  };
}

describe('the search box', () => {
  it('never shows a late answer to an older text over the answer to a newer one', async () => {
    const { type, answer, hits, asked } = searchBox();
    type('an');
    type('anna');
    expect(asked).toEqual(['an', 'anna']);
    await answer('anna', ['Anna']);
    expect(hits()).toMatchObject([/Anna/].map(() => expect.stringContaining('Anna')));
    await answer('an', ['Anton']);
    expect(hits().join()).toContain('Anna');
    expect(hits().join()).not.toContain('Anton');
  });

  it('shows answers that arrive in order one after the other', async () => {
    const { type, answer, hits } = searchBox();
    type('an');
    type('anna');
    await answer('an', ['Anton']);
    expect(hits().join()).toContain('Anton');
    await answer('anna', ['Anna']);
    expect(hits().join()).not.toContain('Anton');
  });

  it('takes the ticket of a link into the case that the operator opens', async () => {
    const { asked, answer, opened, bodies, press } = searchBox({
      given: { text: 'jdoe', ticket: 'INC-42', key: 1 },
    });
    expect(asked).toEqual(['jdoe']);
    await answer('jdoe', ['Jane']);
    expect(opened).toEqual([]);
    press('Enter');
    await waitFor(() => expect(bodies).toEqual([{ accountId: 'id of Jane', ticket: 'INC-42' }]));
  });

  it('leaves a link’s ticket out once the operator has removed it', async () => {
    const { answer, bodies, press } = searchBox({ given: { text: 'jdoe', ticket: 'INC-42', key: 1 } });
    await answer('jdoe', ['Jane']);
    fireEvent.click(screen.getByTestId('search-ticket-remove'));
    press('Enter');
    await waitFor(() => expect(bodies).toEqual([{ accountId: 'id of Jane' }]));
  });

  it('opens no account of an older search when Enter comes before the answer', async () => {
    const { type, press, answer, opened } = searchBox();
    type('an');
    await answer('an', ['Anton']);
    type('anna');
    press('Enter');
    expect(opened).toEqual([]);
    await answer('anna', ['Anna']);
    await waitFor(() => expect(opened).toEqual(['id of Anna']));
  });

  it('waits past the late answer to an older text', async () => {
    const { type, press, answer, opened } = searchBox();
    type('an');
    type('anna');
    press('Enter');
    await answer('an', ['Anton']);
    expect(opened).toEqual([]);
    await answer('anna', ['Anna']);
    await waitFor(() => expect(opened).toEqual(['id of Anna']));
  });

  it('forgets an Enter that was pressed before more was typed', async () => {
    const { type, press, answer, opened } = searchBox();
    type('anna');
    press('Enter');
    type('anna m');
    await answer('anna', ['Anna']);
    await answer('anna m', ['Anna Maier']);
    expect(opened).toEqual([]);
  });

  it('stays empty once the field is emptied', async () => {
    const { type, press, answer, hits, opened } = searchBox();
    type('an');
    await answer('an', ['Anton']);
    type('anna');
    type('');
    expect(hits()).toEqual([]);
    await answer('anna', ['Anna']);
    expect(hits()).toEqual([]);
    press('Enter');
    expect(opened).toEqual([]);
  });

  it('opens the hit that the arrow keys have selected', async () => {
    const { type, press, answer, opened } = searchBox();
    type('an');
    await answer('an', ['Anton', 'Anna', 'Annika']);
    press('ArrowDown');
    press('ArrowDown');
    press('ArrowUp');
    press('Enter');
    await waitFor(() => expect(opened).toEqual(['id of Anna']));
  });

  it('selects the first hit of each new answer', async () => {
    const { type, press, answer, opened } = searchBox();
    type('an');
    await answer('an', ['Anton', 'Anna']);
    press('ArrowDown');
    type('ann');
    await answer('ann', ['Anna', 'Annika']);
    press('Enter');
    await waitFor(() => expect(opened).toEqual(['id of Anna']));
  });

  it.each([
    ['first', 'ArrowUp', 'Anton'],
    ['last', 'ArrowDown', 'Anna'],
  ])('stays at the %s hit with %s', async (_which, key, name) => {
    const { type, press, answer, opened } = searchBox();
    type('an');
    await answer('an', ['Anton', 'Anna']);
    for (let times = 0; times < 3; times += 1) press(key);
    press('Enter');
    await waitFor(() => expect(opened).toEqual([`id of ${name}`]));
  });

  it('drops an answer to a text that was deleted before another was typed', async () => {
    const { type, answer, hits } = searchBox();
    type('anna');
    type('');
    await answer('anna', ['Anna']);
    type('b');
    expect(hits()).toEqual([]);
  });

  it('drops an older failure after a newer answer', async () => {
    const { type, answer, fail, hits } = searchBox();
    type('an');
    type('anna');
    await answer('anna', ['Anna']);
    await fail('an', { code: 'server.timeout' });
    expect(hits()).toHaveLength(1);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('searches without the spaces around a text', () => {
    const { type, asked } = searchBox();
    type('   ');
    type('  anna ');
    expect(asked).toEqual(['anna']);
  });

  it('opens one case however fast Enter is pressed again', async () => {
    const { type, press, answer, opened } = searchBox();
    type('an');
    await answer('an', ['Anton']);
    press('Enter');
    press('Enter');
    await act(async () => undefined);
    expect(opened).toEqual(['id of Anton']);
  });

  it('opens a case at the next Enter after one was refused', async () => {
    const { type, press, answer, opened } = searchBox({ refusals: 1 });
    type('an');
    await answer('an', ['Anton']);
    press('Enter');
    await waitFor(() => expect(screen.getByRole('alert')).toBeTruthy());
    press('Enter');
    await waitFor(() => expect(opened).toEqual(['id of Anton', 'id of Anton']));
  });

  it('is emptied with Escape', async () => {
    const { type, press, answer, hits } = searchBox();
    type('an');
    await answer('an', ['Anton']);
    press('Escape');
    expect(hits()).toEqual([]);
  });

  it('opens nothing after the search has failed', async () => {
    const { type, press, fail, answer, opened } = searchBox();
    type('an');
    await answer('an', ['Anton']);
    type('anna');
    await fail('anna', { code: 'server.timeout' });
    press('Enter');
    expect(opened).toEqual([]);
    expect(screen.getByRole('alert').textContent).toContain('took too long');
  });

  describe('with filters', () => {
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

  describe('while the server is slow or away', () => {
    afterEach(() => {
      vi.useRealTimers();
    });

    it('greys out hits of an older text after 300 ms and lets none be chosen', async () => {
      vi.useFakeTimers();
      const { type, answer, opened } = searchBox();
      type('an');
      await answer('an', ['Anton']);
      type('anna');
      const hit = screen.getByTestId('search-hit');
      expect(hit.getAttribute('aria-disabled')).toBeNull();
      fireEvent.click(hit);
      act(() => {
        vi.advanceTimersByTime(300);
      });
      expect(hit.getAttribute('aria-disabled')).toBe('true');
      expect(screen.getByTestId('search-pending')).toBeTruthy();
      fireEvent.click(hit);
      expect(opened).toEqual([]);
    });

    it('removes hits of an older text when the search fails', async () => {
      const { type, answer, fail, hits } = searchBox();
      type('an');
      await answer('an', ['Anton']);
      type('anna');
      await fail('anna', { code: 'server.timeout' } as unknown as Failure);
      expect(hits()).toEqual([]);
    });

    it('searches again on Enter after a failure', async () => {
      const { type, press, answer, fail, asked, opened } = searchBox();
      type('anna');
      await fail('anna', { code: 'server.timeout' } as unknown as Failure);
      press('Enter');
      expect(asked).toEqual(['anna', 'anna']);
      await answer('anna', ['Anna']);
      await waitFor(() => expect(opened).toEqual(['id of Anna']));
    });

    it('searches again when the connection returns', async () => {
      const { type, fail, asked, connect, answer, hits } = searchBox();
      type('anna');
      await fail('anna', { code: 'server.unreachable' } as unknown as Failure);
      await connect('offline');
      expect(asked).toEqual(['anna']);
      await connect('connected');
      expect(asked).toEqual(['anna', 'anna']);
      await answer('anna', ['Anna']);
      expect(hits().join()).toContain('Anna');
    });
  });
});
