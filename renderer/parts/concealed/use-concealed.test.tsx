import { act, cleanup, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, expect, it } from 'vitest';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import type { Result } from '../../../shared/errors/result.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { useConcealed } from './use-concealed.ts';

afterEach(cleanup);

function openScreen() {
  let conceal: (event: { readonly why: string }) => void = () => {};
  const bridge = {
    on: (_event: string, listener: typeof conceal) => {
      conceal = listener;
      return () => {};
    },
  } as unknown as Bridge;
  const { result } = renderHook(() => useConcealed<string>(), {
    wrapper: ({ children }: { readonly children: ReactNode }) => (
      <BridgeOverride value={bridge}>{children}</BridgeOverride>
    ),
  });
  return {
    shown: () => result.current.shown,
    /** Asks for a message; the returned function is its answer. */
    ask: () => {
      let resolve: (answer: Result<string>) => void = () => {};
      const promise = new Promise<Result<string>>((settle) => {
        resolve = settle;
      });
      act(() => void result.current.read(promise));
      return (value: string) =>
        act(async () => {
          resolve({ ok: true, value });
          await promise;
        });
    },
    conceal: (why: string) => act(() => conceal({ why })),
  };
}

it('shows the message that was chosen last, whichever answer arrives last', async () => {
  const screen = openScreen();
  const first = screen.ask();
  const second = screen.ask();
  await second('the second');
  await first('the first');
  expect(screen.shown()).toBe('the second');
});

it('does not show a message whose answer arrives after the console was locked', async () => {
  const screen = openScreen();
  const answer = screen.ask();
  screen.conceal('lock');
  await answer('a code');
  expect(screen.shown()).toBeNull();
});

it('shows a message whose answer arrives while another window has the focus', async () => {
  const screen = openScreen();
  const answer = screen.ask();
  screen.conceal('blur');
  await answer('a code');
  expect(screen.shown()).toBe('a code');
});
