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
const after = { id: 'c1', number: 2, checks: [] } as unknown as CaseView;
const check = (kind: CheckKind) => ({ kind }) as CheckView;

function setUp(calls: object = {}, view: CaseView = before) {
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
  return { cases, onCase, ...renderHook(() => useChecks(view, onCase), { wrapper }) };
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

  describe('whose answer was lost', () => {
    const caseWith = (attempt: object | null) =>
      ({ id: 'c1', checks: [{ kind: 'emailed-code', attempt }] }) as unknown as CaseView;
    const lost = (code: string) => async () => ({ ok: false, failure: { code } });
    const shows = (attempt: object | null) => async () => ({ ok: true, value: caseWith(attempt) });

    it.each(['storage.outcome-unknown', 'server.unreachable', 'request.rate-limited'])(
      'are started if the case shows it: %s',
      async (code) => {
        const { result, onCase } = setUp({
          startCheck: lost(code),
          get: shows({ id: 'k1', state: 'pending', triesLeft: 3 }),
        });
        await act(() => result.current.start(check('emailed-code')));
        expect([result.current.failure, result.current.chosen]).toEqual([null, 'emailed-code']);
        expect(onCase).toHaveBeenCalledTimes(1);
      },
    );

    it('are not started if the case shows the attempt of before', async () => {
      const attempt = { id: 'k1', state: 'pending', triesLeft: 3 };
      const { result } = setUp({ startCheck: lost('request.rate-limited'), get: shows(attempt) });
      await act(() => result.current.start({ kind: 'emailed-code', attempt } as CheckView));
      expect(result.current.failure).toEqual({ code: 'request.rate-limited' });
    });

    it('are passed if the case shows it', async () => {
      const { result } = setUp({
        answerCheck: lost('check.settled'),
        get: shows({ id: 'k1', state: 'passed', triesLeft: 3 }),
      });
      await act(() => result.current.answer('k1', { kind: 'emailed-code', code: '123456' }));
      expect([result.current.failure, result.current.chosen]).toEqual([null, null]);
    });

    it('are wrong if the case shows fewer tries', async () => {
      const { result } = setUp(
        {
          answerCheck: lost('storage.outcome-unknown'),
          get: shows({ id: 'k1', state: 'pending', triesLeft: 2 }),
        },
        caseWith({ id: 'k1', state: 'pending', triesLeft: 3 }),
      );
      await act(() => result.current.answer('k1', { kind: 'emailed-code', code: '000000' }));
      expect([result.current.failure, result.current.wrong]).toEqual([null, 'emailed-code']);
    });

    it('stay unknown if the case shows nothing of it', async () => {
      const { result } = setUp({ startCheck: lost('storage.outcome-unknown'), get: shows(null) });
      await act(() => result.current.start(check('emailed-code')));
      expect(result.current.failure).toEqual({ code: 'storage.outcome-unknown' });
    });
  });
});
