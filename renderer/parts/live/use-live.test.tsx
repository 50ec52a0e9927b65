import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Bridge, EventValue } from '../../../shared/bridge/contract.ts';
import { useLive } from './use-live.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function listen() {
  const client = new QueryClient();
  const invalidated = vi.spyOn(client, 'invalidateQueries');
  let tell: (event: EventValue<'live'>) => void = () => undefined;
  const bridge = {
    on: (_name: string, listener: typeof tell) => {
      tell = listener;
      return () => undefined;
    },
  } as unknown as Bridge;
  const { unmount } = renderHook(() => useLive(bridge), {
    wrapper: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>,
  });
  const keys = () => invalidated.mock.calls.map(([filters]) => filters?.queryKey ?? 'all');
  return { tell: (event: EventValue<'live'>) => act(() => tell(event)), keys, unmount };
}

it('refetches each query once for a burst of events', () => {
  const { tell, keys } = listen();
  for (let count = 0; count < 20; count += 1) tell({ type: 'case-changed', caseId: 'c1' });
  tell({ type: 'case-changed', caseId: 'c2' });
  expect(keys()).toEqual([]);
  vi.advanceTimersByTime(50);
  expect(keys()).toEqual([['case', 'c1'], ['timeline'], ['cases'], ['desk'], ['case', 'c2']]);
});

it('refetches everything once after the stream was opened, whatever came with it', () => {
  const { tell, keys } = listen();
  tell({ type: 'policy-changed' });
  tell({ type: 'caught-up' });
  tell({ type: 'policy-changed' });
  vi.advanceTimersByTime(50);
  expect(keys()).toEqual(['all']);
  tell({ type: 'required-reset-changed' });
  vi.advanceTimersByTime(50);
  expect(keys()).toEqual(['all', ['required-resets']]);
});

it('refetches nothing after it was unmounted', () => {
  const { tell, keys, unmount } = listen();
  tell({ type: 'caught-up' });
  unmount();
  vi.advanceTimersByTime(50);
  expect(keys()).toEqual([]);
});
