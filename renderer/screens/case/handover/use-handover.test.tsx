import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ResetView } from '../../../../shared/api/reset.ts';
import type { Bridge } from '../../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../../bridge/console-bridge.ts';
import { useHandover } from './use-handover.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp({ hasPassword = true, done = { ok: true, value: null } as object } = {}) {
  const handover = {
    done: vi.fn<() => Promise<object>>(async () => done),
    copy: vi.fn<() => Promise<object>>(async () => ({ ok: true, value: { clearedAt: 'later' } })),
    forget: vi.fn<() => Promise<object>>(async () => ({ ok: true, value: null })),
  };
  const options = {
    reset: { id: 'r1' } as ResetView,
    hasPassword,
    conceal: vi.fn<() => void>(),
    onFailure: vi.fn<(failure: object | null) => void>(),
    onDone: vi.fn<() => void>(),
  };
  const wrapper = ({ children }: { children: ReactNode }) => (
    <BridgeOverride value={{ handover } as unknown as Bridge}>{children}</BridgeOverride>
  );
  return { handover, options, ...renderHook(() => useHandover(options), { wrapper }) };
}
const leave = (unmount: () => void) => {
  unmount();
  vi.runAllTimers();
};

describe('a handover', () => {
  it('is recorded once for two presses, after which nothing is left to forget', async () => {
    const { handover, options, result, unmount } = setUp();
    await act(async () => void (await Promise.all([result.current.handOver(), result.current.handOver()])));
    expect(handover.done).toHaveBeenCalledTimes(1);
    expect(options.conceal).toHaveBeenCalledTimes(1);
    expect(options.onDone).toHaveBeenCalledTimes(1);
    leave(unmount);
    expect(handover.forget).not.toHaveBeenCalled();
  });

  it('reports a failure and stays open', async () => {
    const failure = { code: 'server.timeout' };
    const { handover, options, result, unmount } = setUp({ done: { ok: false, failure } });
    await act(() => result.current.handOver());
    expect(options.onFailure).toHaveBeenCalledWith(failure);
    expect(options.onDone).not.toHaveBeenCalled();
    leave(unmount);
    expect(handover.forget).toHaveBeenCalledWith({ resetId: 'r1' });
  });

  it('tells when the clipboard is cleared', async () => {
    const { result } = setUp();
    await act(() => result.current.copy());
    expect(result.current.copiedUntil).toBe('later');
  });

  it('forgets nothing where the operator never had a password', () => {
    const { handover, unmount } = setUp({ hasPassword: false });
    leave(unmount);
    expect(handover.forget).not.toHaveBeenCalled();
  });
});
