import { useCallback, useEffect, useMemo, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { Bridge } from '../../shared/bridge/contract.ts';
import type { BackendProcessState, ConsoleState } from '../../shared/bridge/state.ts';
import type { Failure } from '../../shared/errors/result.ts';
import type { ConsoleContextValue } from './console-context.ts';

/** Follows main: where the console stands at the start, then what main tells unasked. */
export function useConsoleState(bridge: Bridge): {
  readonly value: ConsoleContextValue | null;
  readonly failure: Failure | null;
  readonly reread: () => Promise<void>;
} {
  const client = useQueryClient();
  const [state, setState] = useState<ConsoleState | null>(null);
  const [backend, setBackend] = useState<BackendProcessState | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [notice, setNotice] = useState<string | null>(null);

  const reread = useCallback(async () => {
    const result = await bridge.app.start();
    setFailure(result.ok ? null : result.failure);
    if (result.ok) setState(result.value);
  }, [bridge]);
  useEffect(() => {
    void reread();
  }, [reread]);
  useEffect(() => {
    const leave = (reason: Failure | null) =>
      setState((now) => now && { ...now, stage: 'sign-in', session: null, failure: reason });
    const offs = [
      bridge.on('session', ({ change }) => {
        if (change === 'locked') setState((now) => now && { ...now, stage: 'locked', failure: null });
        else if (change === 'expired') leave({ code: 'session.expired' });
        else if (change === 'signed-out') leave(null);
        else void reread();
      }),
      bridge.on('connection', (connection) => setState((now) => now && { ...now, connection })),
      bridge.on('backendProcess', (next) => {
        setBackend(next);
        if (next.state === 'ready') void reread();
      }),
    ];
    return () => offs.forEach((off) => off());
  }, [bridge, reread]);
  // What was read belongs to one operator's session: nothing of it stays for the next.
  const signedIn = state?.stage === 'ready' || state?.stage === 'locked';
  useEffect(() => {
    if (!signedIn) client.clear();
  }, [client, signedIn]);

  const value = useMemo<ConsoleContextValue | null>(
    () =>
      state && {
        state,
        backend,
        notice,
        dismiss: () => setNotice(null),
        enter: (session, said = null) => {
          setNotice(said);
          setState({
            ...state,
            stage: 'ready',
            session,
            failure: null,
            lastUserName: session.operator.userName,
          });
        },
        replace: setState,
        reread,
      },
    [state, backend, notice, reread],
  );
  return { value, failure, reread };
}
