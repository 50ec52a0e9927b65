import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import type { ConsoleState } from '../../shared/bridge/state.ts';
import type { SessionView } from '../../shared/api/session.ts';
import type { Result } from '../../shared/errors/result.ts';
import { useConsoleBridge } from '../bridge/console-bridge.ts';
import { Announcer } from '../parts/announcer/announcer.tsx';
import { ClockOffsetProvider } from '../parts/clock/server-clock.ts';
import { useTexts } from '../texts/use-texts.ts';
import { createDrafts, DraftsProvider } from '../parts/drafts/drafts.tsx';
import { useKeptDrafts } from '../parts/drafts/use-kept-drafts.ts';
import { FailureLine } from '../parts/failure/failure-line.tsx';
import { loadNameFonts } from '../parts/search/load-name-fonts.ts';
import { Help } from '../parts/help/help.tsx';
import { Notices } from '../parts/notices/notices.tsx';
import { ChooseServer } from '../screens/choose-server/choose-server.tsx';
import { Connecting } from '../screens/choose-server/connecting.tsx';
import { Unreachable } from '../screens/choose-server/unreachable.tsx';
import { FirstAdministrator } from '../screens/sign-in/first-administrator.tsx';
import { ReportDialog } from '../parts/report/report-dialog.tsx';
import { ManagedProvider } from '../parts/managed/use-managed.ts';
import { SpellingContext } from '../parts/spelling/use-spelling.ts';
import { StartupContext } from '../parts/startup/use-startup.ts';
import { spellingNamed } from '../texts/spelling/spelling.ts';
import { Lock } from '../screens/sign-in/lock.tsx';
import { SignIn } from '../screens/sign-in/sign-in.tsx';
import { proofWays, ProofWaysProvider } from '../parts/proof/proof-ways.ts';
import { onceInUse } from './once-in-use.ts';
import { useConsoleState } from './use-console-state.ts';
import '../screens/sign-in/entrance.css';

const waysOf = ({ session, provider }: ConsoleState) => proofWays(session?.proofs, provider);

const loadShell = () => import('./shell/shell.tsx');
/** Everything after the sign-in. It is loaded while the operator types, and not by a console that only waits for its operator. */
const Shell = lazy(async () => ({ default: (await loadShell()).Shell }));

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
  const { state, setState, abandonStart, failure, isExpired, waiting, route, setRoute, enter } =
    useConsoleState(predictedState, starting);
  const [drafts] = useState(createDrafts);
  useKeptDrafts(drafts, state?.session?.operator.id ?? null, state?.stage !== 'ready');
  const [notRemembered, setNotRemembered] = useState<string | null>(null);

  const addCode = () =>
    setState((before) =>
      before?.session == null || before.session.proofs.includes('code')
        ? before
        : { ...before, session: { ...before.session, proofs: [...before.session.proofs, 'code'] } },
    );

  const isShown = state !== null;
  useEffect(() => {
    if (!isShown) return;
    return onceInUse(() => void loadShell().then(loadNameFonts));
  }, [isShown]);
  const done = (session: SessionView, why: string | null = null) => {
    setNotRemembered(why);
    enter(session);
  };

  const spelling = useMemo(
    () => ({
      spelling: spellingNamed(state?.spelling ?? ''),
      choose: (name: string) => {
        setState((before) => (before === null ? before : { ...before, spelling: name }));
        void bridge.app.spelling({ name });
      },
    }),
    [bridge, setState, state?.spelling],
  );

  const startup = useMemo(
    () => ({
      startup: state?.startup ?? { autostart: false, tray: false },
      onChosen: (chosen: ConsoleState['startup']) =>
        setState((before) => (before === null ? before : { ...before, startup: chosen })),
    }),
    [setState, state?.startup],
  );

  const loading = (
    <main className="entrance" aria-busy={failure === null} aria-label={t('entrance.loading')}>
      <FailureLine failure={failure} />
    </main>
  );
  return (
    <Announcer>
      <DraftsProvider drafts={drafts}>{content()}</DraftsProvider>
      <Notices />
      <ReportDialog />
      <Help />
    </Announcer>
  );

  function content() {
    if (state === null) return failure === null ? <Connecting onState={abandonStart} /> : loading;
    switch (state.stage) {
      case 'choose-server':
        return <ChooseServer managed={state.managed} onState={setState} />;
      case 'unreachable':
        return <Unreachable state={state} onState={setState} />;
      case 'set-up':
        return <FirstAdministrator state={state} onDone={done} onState={setState} />;
      case 'sign-in':
        return <SignIn state={state} expired={isExpired} onDone={done} onState={setState} />;
      case 'locked':
        return (
          <ProofWaysProvider value={waysOf(state)}>
            <Lock state={state} waiting={waiting} onDone={done} />
          </ProofWaysProvider>
        );
      case 'ready':
        return state.session === null ? null : (
          <ClockOffsetProvider value={state.connection?.clockOffset ?? 0}>
            <ProofWaysProvider value={{ ...waysOf(state), onEnrolled: addCode }}>
              <SpellingContext value={spelling}>
                <ManagedProvider value={state.managed}>
                  <StartupContext value={startup}>
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
                  </StartupContext>
                </ManagedProvider>
              </SpellingContext>
            </ProofWaysProvider>
          </ClockOffsetProvider>
        );
    }
  }
}
