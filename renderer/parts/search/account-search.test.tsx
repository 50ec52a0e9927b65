import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeAll, describe, expect, it } from 'vitest';
import { setUpTexts } from '../../texts/set-up-texts.ts';

import { searchBox } from './search-box-for-test.tsx';

beforeAll(async () => {
  await setUpTexts();
  // happy-dom does not scroll.
  Element.prototype.scrollIntoView = () => undefined;
});

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
});
