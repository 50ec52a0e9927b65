import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bridge } from '../../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../../bridge/console-bridge.ts';
import { useShownPassword } from './use-shown-password.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function hook(reveal: () => Promise<unknown>) {
  const conceal = vi.fn<() => Promise<unknown>>(() => Promise.resolve({ ok: true, value: null }));
  const listeners = new Map<string, () => void>();
  const bridge = {
    handover: { reveal, conceal },
    on: (event: string, listener: () => void) => {
      listeners.set(event, listener);
      return () => listeners.delete(event);
    },
  } as unknown as Bridge;
  const wrapper = ({ children }: { children: ReactNode }) => (
    <BridgeOverride value={bridge}>{children}</BridgeOverride>
  );
  return { conceal, listeners, ...renderHook(() => useShownPassword('r1'), { wrapper }) };
}
const answer = () => ({
  ok: true,
  value: { value: 'kiv-7', concealAt: new Date(Date.now() + 3_600_000).toISOString() },
});

describe('a shown password', () => {
  it('is hidden after 60 s even if the backend allows an hour', async () => {
    const { result, conceal } = hook(() => Promise.resolve(answer()));
    await act(() => result.current.show('reveal'));
    expect(result.current.shown?.value).toBe('kiv-7');
    act(() => void vi.advanceTimersByTime(59_000));
    expect(result.current.shown).not.toBeNull();
    act(() => void vi.advanceTimersByTime(1000));
    expect(result.current.shown).toBeNull();
    expect(conceal).toHaveBeenCalledOnce();
  });

  it('discards an answer that arrives after the key was released', async () => {
    let arrive: (value: unknown) => void = () => undefined;
    const late = new Promise<unknown>((resolve) => {
      arrive = resolve;
    });
    const { result } = hook(() => late);
    let showing: Promise<unknown> = Promise.resolve();
    act(() => void (showing = result.current.show('reveal')));
    act(() => result.current.conceal());
    arrive(answer());
    await act(async () => void (await showing));
    expect(result.current.shown).toBeNull();
  });

  it('is hidden when main asks for it, such as at a lock', async () => {
    const { result, conceal, listeners, unmount } = hook(() => Promise.resolve(answer()));
    await act(() => result.current.show('reveal'));
    act(() => listeners.get('concealSecrets')?.());
    expect(result.current.shown).toBeNull();
    expect(conceal).toHaveBeenCalledOnce();
    unmount();
    expect([...listeners.keys()]).toEqual([]);
  });

  it('is told to main as hidden when its view closes', async () => {
    const { result, conceal, unmount } = hook(() => Promise.resolve(answer()));
    await act(() => result.current.show('reveal'));
    unmount();
    expect(conceal).toHaveBeenCalledExactlyOnceWith({ resetId: 'r1' });
  });

  it('is hidden when the document is hidden', async () => {
    const { result } = hook(() => Promise.resolve(answer()));
    await act(() => result.current.show('reveal'));
    act(() => void document.dispatchEvent(new Event('visibilitychange')));
    expect(result.current.shown).toBeNull();
  });

  it('is hidden when the window loses the focus', async () => {
    const { result } = hook(() => Promise.resolve(answer()));
    await act(() => result.current.show('reveal'));
    act(() => void window.dispatchEvent(new Event('blur')));
    expect(result.current.shown).toBeNull();
  });
});
