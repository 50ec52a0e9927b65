import { expect, it } from 'vitest';
import type { ManagedValues } from '../../../shared/managed/managed-settings.ts';
import { createConsoleHandlers } from './console-handlers.ts';
import { createSignInHandlers } from '../sign-in/sign-in-handlers.ts';

/** The handlers of the page's calls where these settings are managed; what they do besides refusing is recorded. */
function handlersWith(values: ManagedValues) {
  const done: string[] = [];
  const managed = { values, places: [], problems: [] };
  const record = (name: string) => () => void done.push(name);
  const settings = { update: record('settings') };
  const { app } = createConsoleHandlers({
    managed,
    settings,
    chooseScheme: record('scheme'),
  } as unknown as Parameters<typeof createConsoleHandlers>[0]);
  const session = createSignInHandlers({
    managed,
    settings,
    server: { sessionServer: async () => ({}), rememberUserName: () => undefined },
    steps: {
      signIn: async () => (done.push('password'), { step: 'code' }),
      continueWith: async () => ({ step: 'code' }),
    },
    browser: { run: async () => done.push('provider') },
  } as unknown as Parameters<typeof createSignInHandlers>[0]);
  const acts = {
    scheme: () => app.appearance({ scheme: 'dark' }),
    settings: () => app.spelling({ name: 'de' }),
    password: () => session.signIn({ userName: 'ann', password: 'x', remember: false }),
    provider: () => session.signInWithProvider({ remember: false }),
  };
  return { acts, done };
}

type Act = keyof ReturnType<typeof handlersWith>['acts'];
const allActs: readonly Act[] = ['scheme', 'settings', 'password', 'provider'];

it.each<[ManagedValues, readonly Act[]]>([
  [{}, []],
  [{ ColorScheme: 'system' }, ['scheme']],
  [{ SpellingLanguage: 'fr' }, ['settings']],
  [{ SignIn: 'any' }, []],
  [{ SignIn: 'password' }, ['provider']],
  [{ SignIn: 'provider' }, ['password']],
])('main refuses what %j manages even if the page offers it: %j', async (values, refused) => {
  for (const act of allActs) {
    const { acts, done } = handlersWith(values);
    const failure = await acts[act]().then(
      () => null,
      (thrown: Error) => thrown.message,
    );
    const isRefused = refused.includes(act);
    expect([failure, done]).toEqual(isRefused ? ['console.managed', []] : [null, [act]]);
  }
});
