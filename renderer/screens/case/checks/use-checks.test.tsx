import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import type { CaseView } from '../../../../shared/api/case.ts';
import type { CheckKind, CheckView } from '../../../../shared/api/check.ts';
import type { Bridge } from '../../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../../bridge/console-bridge.ts';
import { useChecks } from './use-checks.ts';

const before = { id: 'c1', checks: [] } as unknown as CaseView;
const after = { id: 'c1', number: 2 } as unknown as CaseView;
const check = (kind: CheckKind) => ({ kind }) as CheckView;

function setUp(calls: object = {}) {
  const cases = {
    get: vi.fn<() => Promise<object>>(async () => ({ ok: true, value: after })),
    startCheck: vi.fn<() => Promise<object>>(async () => ({
      ok: true,
      value: { case: after, callNumber: '+49 555 0100' },
    })),
    answerCheck: vi.fn<() => Promise<object>>(async () => ({
      ok: true,
      value: { case: after, outcome: 'passed' },
    })),
    ...calls,
  };
  const onCase = vi.fn<(view: CaseView) => void>();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={new QueryClient()}>
      <BridgeOverride value={{ cases } as unknown as Bridge}>{children}</BridgeOverride>
    </QueryClientProvider>
  );
  return { cases, onCase, ...renderHook(() => useChecks(before, onCase), { wrapper }) };
}

describe('the checks of a case', () => {
  it('make one call at a time', async () => {
    const { cases, result } = setUp();
    await act(async () => {
      await Promise.all([
        result.current.start(check('emailed-code')),
        result.current.start(check('texted-code')),
      ]);
    });
    expect(cases.startCheck).toHaveBeenCalledTimes(1);
  });

  it('show the number of a call-back until it is answered', async () => {
    const { result } = setUp();
    await act(() => result.current.start(check('call-back')));
    expect(result.current.callNumber).toBe('+49 555 0100');
    await act(() => result.current.answer('k1', { kind: 'call-back', outcome: 'confirmed', note: 'ok' }));
    expect([result.current.callNumber, result.current.chosen]).toEqual([null, null]);
  });

  it('keep the check chosen after a wrong code', async () => {
    const wrong = async () => ({ ok: true, value: { case: after, outcome: 'wrong' } });
    const { result } = setUp({ answerCheck: wrong });
    await act(() => result.current.start(check('emailed-code')));
    await act(() => result.current.answer('k1', { kind: 'emailed-code', code: '000000' }));
    expect([result.current.wrong, result.current.chosen]).toEqual(['emailed-code', 'emailed-code']);
  });

  it('read the case again after a refused call', async () => {
    const failure = { code: 'check.locked' };
    const { result, onCase } = setUp({ startCheck: async () => ({ ok: false, failure }) });
    await act(() => result.current.start(check('emailed-code')));
    expect(result.current.failure).toBe(failure);
    expect(onCase).toHaveBeenCalledWith(after);
  });
});
