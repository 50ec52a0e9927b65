import { render, waitFor } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { usePreparedSearch } from './use-prepared-search.ts';

const search = vi.fn<(args: unknown) => Promise<unknown>>(async () => ({ ok: false }));
const bridge = { accounts: { search } } as unknown as Bridge;
const fontNamed = (family: string) => ({ family, load: vi.fn<() => Promise<void>>(async () => undefined) });
const fonts = [fontNamed('"Inter Variable"'), fontNamed('JetBrains Mono')];

function Prepared({ isWanted }: { readonly isWanted: boolean }) {
  usePreparedSearch(isWanted);
  return null;
}
const show = (isWanted: boolean) => (
  <BridgeOverride value={bridge}>
    <Prepared isWanted={isWanted} />
  </BridgeOverride>
);

// The test's document has no fonts.
Object.assign(document.fonts, { [Symbol.iterator]: () => fonts.values() });

it('a search is prepared once, as soon as there are accounts, with the fonts of names', async () => {
  const { rerender } = render(show(false));
  rerender(show(true));
  await waitFor(() => expect(search).toHaveBeenCalledTimes(1));
  await waitFor(() => expect(fonts.map(({ load }) => load.mock.calls.length)).toEqual([1, 0]));
  rerender(show(true));
  expect(search).toHaveBeenCalledTimes(1);
});
