import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Failure } from '../../../shared/errors/result.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';

import { searchBox } from './search-box-for-test.tsx';

beforeAll(async () => {
  await setUpTexts();
  // happy-dom does not scroll.
  Element.prototype.scrollIntoView = () => undefined;
});

describe('the search box while the server is slow or away', () => {
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
