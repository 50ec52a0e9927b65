import type { ManagedState } from '../../../shared/managed/managed-settings.ts';
import type { GroupHandlers } from '../../bridge/handlers.ts';
import { ConsoleFailure } from '../../failure/console-failure.ts';
import type { SettingsFile } from '../../services/settings-file/settings-file.ts';
import type { ServerSelection } from '../server/server-selection.ts';
import type { BrowserSignIn } from '../session/browser-sign-in.ts';
import type { Session, SignInResult } from '../session/session.ts';
import type { SignInSteps } from '../session/sign-in-steps.ts';

interface Collaborators {
  readonly session: Session;
  readonly steps: SignInSteps;
  readonly browser: BrowserSignIn;
  readonly server: ServerSelection;
  readonly settings: SettingsFile;
  readonly managed: ManagedState;
  /** The setup code of the embedded backend, made by main at each start, so that the operator need not type one. */
  readonly setupCode: string;
  readonly onSignedIn: () => void;
}

/** Sign-in by password, code or browser; lock, reauthentication and sign-out. */
export function createSignInHandlers({
  session,
  steps,
  browser,
  server,
  settings,
  managed,
  setupCode,
  onSignedIn,
}: Collaborators): GroupHandlers<'session'> {
  const signedIn = <R extends SignInResult>(result: R): R => {
    server.rememberUserName(result.session.operator.userName);
    onSignedIn();
    return result;
  };
  const assertWay = (way: 'password' | 'provider') => {
    const { SignIn = 'any' } = managed.values;
    if (SignIn !== 'any' && SignIn !== way) throw new ConsoleFailure('console.managed');
  };
  return {
    setUp: async ({ setupCode: typedCode, ...person }) => {
      const isEmbedded = settings.read().current?.kind === 'this-computer';
      const view = await session.setUp(await server.sessionServer(), {
        ...person,
        setupCode: isEmbedded ? setupCode : (typedCode ?? ''),
      });
      server.rememberUserName(view.operator.userName);
      onSignedIn();
      return view;
    },
    signIn: async ({ userName, password, remember }) => {
      assertWay('password');
      const result = await steps.signIn(await server.sessionServer(), userName, password, remember);
      return 'session' in result ? signedIn(result) : result;
    },
    answerCode: async ({ code }) => signedIn(await steps.answerCode(code)),
    offerEnrolment: () => steps.offerEnrolment(),
    confirmEnrolment: async ({ code }) => signedIn(await steps.confirmEnrolment(code)),
    signInWithProvider: async ({ remember }) => {
      assertWay('provider');
      const target = await server.sessionServer();
      const answer = await browser.run({ baseUrl: target.baseUrl });
      const result = await steps.continueWith(target, answer, remember);
      return 'session' in result ? signedIn(result) : result;
    },
    proveWithProvider: () =>
      session.reauthenticateWith(async (baseUrl, refreshToken) => {
        const tokens = await browser.run({ baseUrl, refreshToken: refreshToken.expose() });
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
