import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { useResetAttempt } from './use-reset-attempt.ts';

type Answer = { readonly ok: boolean; readonly value?: object; readonly failure?: { readonly code: string } };
const failed = (code: string): Answer => ({ ok: false, failure: { code } });
const granted: Answer = { ok: true, value: { id: 'g1' } };

async function setUp(answers: { mint?: readonly Answer[]; reset?: readonly Answer[] } = {}) {
  const mints = [...(answers.mint ?? [])];
  const resets = [...(answers.reset ?? [])];
  const mintGrant = vi.fn<() => Promise<Answer>>(async () => mints.shift() ?? granted);
  const reset = vi.fn<(call: { attempt: string }) => Promise<Answer>>(
    async () => resets.shift() ?? { ok: true, value: {} },
  );
  const onReset = vi.fn<() => void>();
  const bridge = { cases: { mintGrant }, resets: { reset } } as unknown as Bridge;
  const wrapper = ({ children }: { children: ReactNode }) => (
    <BridgeOverride value={bridge}>{children}</BridgeOverride>
  );
  const hook = renderHook(() => useResetAttempt({ caseId: 'c1', action: 'temporary-password', onReset }), {
    wrapper,
  });
  await act(async () => undefined);
  const attempts = () => reset.mock.calls.map(([{ attempt }]) => attempt);
  return { ...hook, mintGrant, reset, onReset, attempts };
}

describe('an attempt to reset', () => {
  it('resets once for two presses', async () => {
    const { result, mintGrant, reset, onReset } = await setUp();
    await act(async () => {
      await Promise.all([result.current.reset({}), result.current.reset({})]);
    });
    expect([mintGrant, reset, onReset].map((call) => call.mock.calls.length)).toEqual([1, 1, 1]);
  });

  it('repeats the same attempt after a failure that may have reset', async () => {
    const { result, mintGrant, attempts } = await setUp({ reset: [failed('server.timeout')] });
    await act(() => result.current.reset({}));
    expect(result.current.failure).toEqual({ code: 'server.timeout' });
    await act(() => result.current.reset({}));
    expect(new Set(attempts()).size).toBe(1);
    expect(mintGrant).toHaveBeenCalledTimes(1);
  });

  it('makes a new attempt with a new grant after the grant has expired', async () => {
    const { result, mintGrant, attempts } = await setUp({ reset: [failed('grant.expired')] });
    await act(() => result.current.reset({}));
    await act(() => result.current.reset({}));
    expect(new Set(attempts()).size).toBe(2);
    expect(mintGrant).toHaveBeenCalledTimes(2);
  });

  it('continues with a new grant after a proof that was too old', async () => {
    const { result, mintGrant } = await setUp({ mint: [failed('session.reauthentication-required')] });
    expect([result.current.proofNeeded, result.current.failure]).toEqual([true, null]);
    await act(() => result.current.prove(async () => ({ ok: true, value: null })));
    expect(result.current.proofNeeded).toBe(false);
    expect(mintGrant).toHaveBeenCalledTimes(2);
  });

  it('shows the case again if the outcome is unknown', async () => {
    const { result, onReset } = await setUp({ reset: [failed('reset.outcome-unknown')] });
    await act(() => result.current.reset({}));
    expect(onReset).toHaveBeenCalledTimes(1);
    expect(result.current.failure).toBeNull();
  });
});
