import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { ConsoleState } from '../../shared/bridge/state.ts';
import type { SessionView } from '../../shared/api/session.ts';
import type { Failure, Result } from '../../shared/errors/result.ts';
import { useConsoleBridge } from '../bridge/console-bridge.ts';
import { ClockOffsetProvider } from '../parts/clock/server-clock.ts';
import { useTexts } from '../texts/use-texts.ts';
import { FailureLine } from '../parts/failure/failure-line.tsx';
import { ChooseServer } from '../screens/choose-server/choose-server.tsx';
import { Unreachable } from '../screens/choose-server/unreachable.tsx';
import { FirstAdministrator } from '../screens/sign-in/first-administrator.tsx';
import { SpellingContext } from '../parts/spelling/use-spelling.ts';
import { spellingNamed } from '../texts/spelling/spelling.ts';
import { Lock } from '../screens/sign-in/lock.tsx';
import { SignIn } from '../screens/sign-in/sign-in.tsx';
import { proofWays, ProofWaysProvider } from '../parts/proof/proof-ways.ts';
import type { Route } from './shell/route.ts';
import '../screens/sign-in/entrance.css';

const waysOf = ({ session, provider }: ConsoleState) => proofWays(session?.proofs, provider);

const loadShell = () => import('./shell/shell.tsx');
/** Everything after the sign-in. It is loaded once the form is painted, while the operator types. */
const Shell = lazy(async () => ({ default: (await loadShell()).Shell }));

/** Resolves once the browser is idle after painting, after 200 ms at the latest. */
const drawn = () =>
  new Promise<void>((resolve) => {
    requestIdleCallback(() => resolve(), { timeout: 200 });
  });

/** Shows what the console's stage asks for: choice of server, set-up, sign-in, lock or desk. */
export function App({
  predictedState,
  starting,
}: {
  /** The state that main predicted, so that the first screen is drawn without a call; null if it predicted none. */
  readonly predictedState: ConsoleState | null;
  /** The actual state, already requested; null if it is to be requested after the first paint. */
  readonly starting: Promise<Result<ConsoleState>> | null;
}) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const client = useQueryClient();
  const [state, setState] = useState(predictedState);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [expired, setExpired] = useState(false);
  const [notRemembered, setNotRemembered] = useState<string | null>(null);
  // Kept while the console is locked, so that the operator returns to the same screen.
  const [route, setRoute] = useState<Route>({ screen: 'desk' });
  const [waiting, setWaiting] = useState(0);
  const locked = state?.stage === 'locked';

  const start = useCallback(async () => {
    // The first paint comes before the call, which takes more processor time than the page.
    if (starting === null) await drawn();
    const answer = await (starting ?? bridge.app.start());
    if (!answer.ok) return setFailure(answer.failure);
    setState((now) => (now?.session == null ? answer.value : now));
    if (answer.value.stage !== 'sign-in' || answer.value.server?.about !== null) return;
    // The form is shown before the embedded backend is up; its state may then require another screen.
    const started = await bridge.app.started();
    if (started.ok) setState((now) => (now?.session == null ? started.value : now));
  }, [bridge, starting]);
  useEffect(() => {
    void start();
  }, [start]);
  const shown = state !== null;
  useEffect(() => {
    if (!shown) return;
    const idle = requestIdleCallback(() => void loadShell());
    return () => cancelIdleCallback(idle);
  }, [shown]);
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
  useEffect(() => bridge.on('waiting', (told) => setWaiting(told.waiting)), [bridge]);
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
  const enter = (session: SessionView, why: string | null = null) => {
    setExpired(false);
    setNotRemembered(why);
    setState((before) =>
      before === null
        ? before
        : { ...before, stage: 'ready', session, lastUserName: session.operator.userName, failure: null },
    );
  };

  const spelling = useMemo(
    () => ({
      spelling: spellingNamed(state?.spelling ?? ''),
      choose: (name: string) => {
        setState((before) => (before === null ? before : { ...before, spelling: name }));
        void bridge.app.spelling({ name });
      },
    }),
    [bridge, state?.spelling],
  );

  const loading = (
    <main className="entrance" aria-busy={failure === null} aria-label={t('entrance.loading')}>
      <FailureLine failure={failure} />
    </main>
  );
  if (state === null) return loading;
  switch (state.stage) {
    case 'choose-server':
      return <ChooseServer onState={setState} />;
    case 'unreachable':
      return <Unreachable state={state} onState={setState} />;
    case 'set-up':
      return <FirstAdministrator state={state} onDone={enter} onState={setState} />;
    case 'sign-in':
      return <SignIn state={state} expired={expired} onDone={enter} onState={setState} />;
    case 'locked':
      return (
        <ProofWaysProvider value={waysOf(state)}>
          <Lock state={state} waiting={waiting} onDone={enter} />
        </ProofWaysProvider>
      );
    case 'ready':
      return state.session === null ? null : (
        <ClockOffsetProvider value={state.connection?.clockOffset ?? 0}>
          <ProofWaysProvider value={waysOf(state)}>
            <SpellingContext value={spelling}>
              <Suspense fallback={loading}>
                <Shell
                  state={state}
                  session={state.session}
                  route={route}
                  onGo={setRoute}
                  notRemembered={notRemembered}
                  onState={setState}
                />
              </Suspense>
            </SpellingContext>
          </ProofWaysProvider>
        </ClockOffsetProvider>
      );
  }
}
