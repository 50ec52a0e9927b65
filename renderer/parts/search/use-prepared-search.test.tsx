import { render } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { usePreparedSearch } from './use-prepared-search.ts';

const search = vi.fn<(args: unknown) => Promise<unknown>>(async () => ({ ok: false }));
const bridge = { accounts: { search } } as unknown as Bridge;

function Prepared() {
  usePreparedSearch();
  return null;
}

it('a search is prepared once, as soon as its field is shown', () => {
  const content = (
    <BridgeOverride value={bridge}>
      <Prepared />
    </BridgeOverride>
  );
  const { rerender } = render(content);
  expect(search).toHaveBeenCalledTimes(1);
  rerender(content);
  expect(search).toHaveBeenCalledTimes(1);
});
