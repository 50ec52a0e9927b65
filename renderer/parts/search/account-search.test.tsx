import { MantineProvider } from '@mantine/core';
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AccountHit } from '../../../shared/api/account.ts';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
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
    marks: { displayName: [], userName: [], employeeNumber: [] },
  }) as unknown as AccountHit;

/** A search box whose answers the test sends, in any order. */
function searchBox() {
  const answers = new Map<string, (result: unknown) => void>();
  const asked: string[] = [];
  const opened: string[] = [];
  const bridge = {
    accounts: {
      search: ({ query: { q } }: { query: { q: string } }) => {
        asked.push(q);
        return new Promise((resolve) => {
          answers.set(q, resolve);
        });
      },
    },
    cases: {
      open: async ({ body: { accountId } }: { body: { accountId: string } }) => {
        opened.push(accountId);
        return { ok: true, value: { id: `case of ${accountId}` } };
      },
    },
  };
  render(
    <MantineProvider>
      <BridgeOverride value={bridge as unknown as Bridge}>
        <AccountSearch onOpen={() => undefined} />
      </BridgeOverride>
    </MantineProvider>,
  );
  const field = screen.getByTestId('search-field');
  return {
    asked,
    opened,
    type: (text: string) => fireEvent.change(field, { target: { value: text } }),
    press: (key: string) => fireEvent.keyDown(field, { key }),
    answer: (q: string, names: readonly string[]) =>
      act(async () => answers.get(q)?.({ ok: true, value: { q, hits: names.map(hitOf), more: false } })),
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

  it('is empty at once when the field is emptied, and stays empty', async () => {
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
});
