import { waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bridge } from '../../shared/bridge/contract.ts';
import { fillFirstScreen, firstScreenOf, type FirstScreen } from '../../shared/bridge/first-screen.ts';
import type { ConsoleState } from '../../shared/bridge/state.ts';
import { BridgeOverride } from '../bridge/console-bridge.ts';
import { keepEarlyActs } from '../bridge/early-acts.ts';
import { ConsolePage } from './console-page.tsx';
import { firstStates, renderFirstScreens } from './first-screens.tsx';
import { showPage } from './show-page.ts';

const styleNonce = 'a-nonce';
const signInCalls: unknown[] = [];
const never = () => new Promise<never>(() => undefined);
const bridge = {
  app: { start: never, started: never, notices: never, linkWaiting: never },
  session: {
    signIn: async (args: unknown) => {
      signInCalls.push(args);
      return { ok: false, failure: { code: 'session.credentials-wrong' } };
    },
  },
  on: () => () => undefined,
} as unknown as Bridge;

describe('a screen that the build has rendered', () => {
  let screens: Readonly<Record<string, FirstScreen>>;
  let root: HTMLElement;
  const faults: unknown[] = [];
  beforeEach(async () => {
    screens = await renderFirstScreens(styleNonce);
    root = document.body.appendChild(document.createElement('div'));
    root.id = 'root';
    faults.length = 0;
    signInCalls.length = 0;
  });
  afterEach(() => root.remove());

  const named = (state: ConsoleState, lastUserName: string): ConsoleState => ({
    ...state,
    lastUserName,
    provider: state.provider === null ? null : 'Example & <Sons>',
  });
  const putIn = (state: ConsoleState) => {
    root.innerHTML = fillFirstScreen(screens[firstScreenOf(state) ?? '']?.html ?? '', state);
  };
  const takeOver = (state: ConsoleState) =>
    showPage(
      root,
      <BridgeOverride value={bridge}>
        <ConsolePage predictedState={state} starting={null} styleNonce={styleNonce} />
      </BridgeOverride>,
      { onRecoverableError: (thrown) => faults.push(thrown) },
    );
  const field = (name: 'user-name' | 'password' | 'remember') => {
    const found = root.querySelector<HTMLInputElement>(`[data-testid=sign-in-${name}]`);
    if (found === null) throw new Error(`no field ${name}`);
    return found;
  };
  const isTakenOver = () => Object.keys(field('password')).some((key) => key.startsWith('__reactProps'));

  it.each(firstStates.map((state) => [firstScreenOf(state), state] as const))(
    'keeps its elements when the page takes it over: %s',
    async (_name, state) => {
      const shown = named(state, 'o"&<b>annä');
      putIn(shown);
      const before = field('password');
      takeOver(shown);
      await waitFor(() => expect(isTakenOver()).toBe(true));
      expect(faults).toEqual([]);
      expect(field('password')).toBe(before);
      expect(field('user-name').value).toBe('o"&<b>annä');
    },
  );

  it('keeps what was typed and sends it when the form was submitted early', async () => {
    const [state] = firstStates;
    if (state === undefined) throw new Error('no state');
    const shown = named(state, 'ann');
    putIn(shown);
    keepEarlyActs();
    field('user-name').value = 'bob';
    field('password').value = 'typed before';
    field('remember').checked = false;
    field('password').form?.requestSubmit();
    takeOver(shown);
    await waitFor(() => expect(signInCalls).toHaveLength(1));
    expect(signInCalls).toEqual([{ userName: 'bob', password: 'typed before', remember: false }]);
    expect(faults).toEqual([]);
    expect(field('password').value).toBe('typed before');
  });
});
