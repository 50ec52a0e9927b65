import { act, renderHook, waitFor } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { expect, it, vi } from 'vitest';
import type { AccountFilter } from '../../../shared/api/account.ts';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { useAccountSearch } from './use-account-search.ts';

const bridge = {
  accounts: {
    search: ({ query: { q } }: { query: { q: string } }) =>
      Promise.resolve({ ok: true, value: { q, accounts: [], total: 0 } }),
  },
  on: () => () => undefined,
} as unknown as Bridge;
const wrapper = ({ children }: PropsWithChildren) => (
  <BridgeOverride value={bridge}>{children}</BridgeOverride>
);

it('has no answer once the text is emptied, and that to the next text afterwards', async () => {
  const { result, rerender } = renderHook((text: string) => useAccountSearch(text), {
    initialProps: 'anna',
    wrapper,
  });
  await waitFor(() => expect(result.current.found?.q).toBe('anna'));
  rerender('');
  expect(result.current.found).toBeNull();
  await act(async () => rerender('an'));
  await waitFor(() => expect(result.current.found?.q).toBe('an'));
});

it('sends a search ahead of its text once, and again with another filter', async () => {
  const search = vi.fn<Bridge['accounts']['search']>(({ query: { q } }) =>
    Promise.resolve({ ok: true, value: { q, hits: [], more: false } as never }),
  );
  const watched = ({ children }: PropsWithChildren) => (
    <BridgeOverride value={{ ...bridge, accounts: { search } } as unknown as Bridge}>
      {children}
    </BridgeOverride>
  );
  const everyone: AccountFilter = {};
  const locked: AccountFilter = { status: 'locked' };
  const { result, rerender } = renderHook(
    ({ text, filter }: { text: string; filter: AccountFilter }) => useAccountSearch(text, filter),
    { initialProps: { text: '', filter: everyone }, wrapper: watched },
  );
  const asked = () => search.mock.calls.map(([{ query }]) => query);
  act(() => result.current.askAhead(' anna'));
  expect(asked()).toEqual([{ q: 'anna' }]);
  rerender({ text: ' anna', filter: everyone });
  await waitFor(() => expect(result.current.found?.q).toBe('anna'));
  expect(asked()).toHaveLength(1);
  act(() => result.current.askAhead('anna m'));
  rerender({ text: 'anna m', filter: locked });
  expect(asked().slice(1)).toEqual([{ q: 'anna m' }, { q: 'anna m', status: 'locked' }]);
});
