import { useCallback, useEffect, useRef, useState, type Dispatch, type SetStateAction } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { ConsoleState } from '../../shared/bridge/state.ts';
import type { SessionView } from '../../shared/api/session.ts';
import type { Failure, Result } from '../../shared/errors/result.ts';
import { useConsoleBridge } from '../bridge/console-bridge.ts';
import type { Route } from './shell/route.ts';

/** Resolves once the browser is idle after painting, after 200 ms at the latest. */
const drawn = () =>
  new Promise<void>((resolve) => {
    requestIdleCallback(() => resolve(), { timeout: 200 });
  });

interface ConsoleStateInUse {
  /** Null until main has answered, unless main predicted it. */
  readonly state: ConsoleState | null;
  readonly setState: Dispatch<SetStateAction<ConsoleState | null>>;
  /** Shows another state than the one that main was asked for at the start, whose answer no longer counts. */
  readonly abandonStart: (chosen: ConsoleState) => void;
  /** Why the first request failed. */
  readonly failure: Failure | null;
  /** The session ended by itself, not by a click on "Sign out". */
  readonly isExpired: boolean;
  /** Requests that wait for this operator. */
  readonly waiting: number;
  readonly route: Route;
  readonly setRoute: Dispatch<SetStateAction<Route>>;
  /** Shows the desk of an operator who just signed in. */
  enter(session: SessionView): void;
}

/** The console's state, requested at the start and then kept up to date by main's events. The parameters are those of `App`. */
export function useConsoleState(
  predictedState: ConsoleState | null,
  starting: Promise<Result<ConsoleState>> | null,
): ConsoleStateInUse {
  const bridge = useConsoleBridge();
  const client = useQueryClient();
  const [state, setState] = useState(predictedState);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isExpired, setExpired] = useState(false);
  // Kept while the console is locked, so that the operator returns to the same screen.
  const [route, setRoute] = useState<Route>({ screen: 'desk' });
  const [waiting, setWaiting] = useState(0);
  const locked = state?.stage === 'locked';

  const isAbandoned = useRef(false);
  const start = useCallback(async () => {
    // The first paint comes before the call, which takes more processor time than the page.
    if (starting === null) await drawn();
    const answer = await (starting ?? bridge.app.start());
    if (!answer.ok) return setFailure(answer.failure);
    if (isAbandoned.current) return;
    setState((now) => (now?.session == null ? answer.value : now));
    if (answer.value.stage !== 'sign-in' || answer.value.server?.about !== null) return;
    // The form is shown before the embedded backend is up; its state may then require another screen.
    const started = await bridge.app.started();
    if (started.ok) setState((now) => (now?.session == null ? started.value : now));
  }, [bridge, starting]);
  useEffect(() => {
    void start();
  }, [start]);
  useEffect(
    () =>
      bridge.on('session', ({ change }) => {
        if (change === 'unlocked' && waiting > 0) setRoute({ screen: 'queue' });
        const stage = change === 'locked' ? 'locked' : change === 'unlocked' ? 'ready' : 'sign-in';
        setExpired(change === 'expired');
        if (stage === 'sign-in') {
          client.clear();
          if (change === 'signed-out') setRoute({ screen: 'desk' });
        }
        setState((before) =>
          before === null
            ? before
            : { ...before, stage, session: stage === 'sign-in' ? null : before.session },
        );
      }),
    [bridge, client, waiting],
  );
  useEffect(() => bridge.on('waiting', (event) => setWaiting(event.waiting)), [bridge]);
  useEffect(
    () =>
      bridge.on('navigate', ({ to }) => {
        // The operator clicked a notification. While the shell is mounted, it handles this event itself.
        if (locked && to === 'queue') setRoute({ screen: 'queue' });
      }),
    [bridge, locked],
  );
  useEffect(
    () =>
      bridge.on('connection', (connection) => {
        setState((before) => (before === null ? before : { ...before, connection }));
      }),
    [bridge],
  );
  const enter = (session: SessionView) => {
    setExpired(false);
    setState((before) =>
      before === null
        ? before
        : { ...before, stage: 'ready', session, lastUserName: session.operator.userName, failure: null },
    );
  };
  const abandonStart = (chosen: ConsoleState) => {
    isAbandoned.current = true;
    setState(chosen);
  };
  return { state, setState, abandonStart, failure, isExpired, waiting, route, setRoute, enter };
}
