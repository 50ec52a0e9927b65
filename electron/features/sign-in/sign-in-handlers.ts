import type { GroupHandlers } from '../../bridge/handlers.ts';
import { ConsoleFailure } from '../../failure/console-failure.ts';
import type { ServerSelection } from '../server/server-selection.ts';
import type { SettingsFile } from '../../services/settings-file/settings-file.ts';
import type { BrowserSignIn } from '../session/browser-sign-in.ts';
import type { SignInResult, Session } from '../session/session.ts';
import type { SignInSteps } from '../session/sign-in-steps.ts';

interface Collaborators {
  readonly session: Session;
  readonly steps: SignInSteps;
  readonly browser: BrowserSignIn;
  readonly server: ServerSelection;
  readonly settings: SettingsFile;
  /** The embedded backend's own, which nobody has to type. */
  readonly setupCode: string;
  /** Somebody is signed in: the backend's news are followed from now on. */
  readonly onEntered: () => void;
}

/** The operator's way in and out, by password, code or browser. */
export function createSignInHandlers({
  session,
  steps,
  browser,
  server,
  settings,
  setupCode,
  onEntered,
}: Collaborators): GroupHandlers<'session'> {
  const signedIn = <E extends SignInResult>(entered: E): E => {
    server.rememberUserName(entered.session.operator.userName);
    onEntered();
    return entered;
  };
  return {
    setUp: async ({ setupCode: typed, ...person }) => {
      const here = settings.read().current?.kind === 'this-computer';
      const view = await session.setUp(await server.sessionServer(), {
        ...person,
        setupCode: here ? setupCode : (typed ?? ''),
      });
      server.rememberUserName(view.operator.userName);
      onEntered();
      return view;
    },
    signIn: async ({ userName, password, remember }) => {
      const answer = await steps.signIn(await server.sessionServer(), userName, password, remember);
      return 'session' in answer ? signedIn(answer) : answer;
    },
    answerCode: async ({ code }) => signedIn(await steps.answerCode(code)),
    offerEnrolment: () => steps.offerEnrolment(),
    confirmEnrolment: async ({ code }) => signedIn(await steps.confirmEnrolment(code)),
    signInWithProvider: async ({ remember }) => {
      const place = await server.sessionServer();
      const answer = await steps.continueWith(place, await browser.run({ baseUrl: place.baseUrl }), remember);
      return 'session' in answer ? signedIn(answer) : answer;
    },
    proveWithProvider: () =>
      session.reauthenticateWith(async (baseUrl, refresh) => {
        const tokens = await browser.run({ baseUrl, refreshToken: refresh.expose() });
        if ('step' in tokens) throw new ConsoleFailure('server.answer-invalid');
        return tokens;
      }),
    cancelSignIn: async () => {
      steps.cancel();
      browser.cancel();
      return null;
    },
    signOut: async () => {
      await session.signOut();
      return null;
    },
    lock: async () => {
      session.lock();
      return null;
    },
    reauthenticate: (proof) => session.reauthenticate(proof),
    activity: async () => {
      session.recordActivity();
      return null;
    },
  };
}
