import { act, renderHook, waitFor } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { expect, it } from 'vitest';
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
