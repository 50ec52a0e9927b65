import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import type { ConsoleState } from '../../../shared/bridge/state.ts';
import { unmanaged } from '../../../shared/managed/unmanaged.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { entranceTexts } from '../../texts/en/entrance.ts';
import { failureTexts } from '../../texts/en/failures.ts';
import { SignIn } from './sign-in.tsx';

const state: ConsoleState = {
  stage: 'sign-in',
  server: { kind: 'server', address: 'https://reset.example.com', about: null },
  provider: null,
  session: null,
  lastUserName: null,
  failure: null,
  connection: { state: 'connected', clockOffset: 0, since: new Date(0).toISOString() },
  keychain: 'ready',
  platform: 'linux',
  version: '0.1.0',
  scheme: 'light',
  spelling: 'en',
  startup: { autostart: false, tray: false },
  managed: unmanaged,
};

beforeAll(async () => {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    resources: { en: { translation: { entrance: entranceTexts, failures: failureTexts } } },
    interpolation: { escapeValue: false },
  });
});
afterEach(cleanup);

function show(options: { offset?: number; expired?: boolean; failure?: Failure }) {
  const failed = options.failure ?? { code: 'session.credentials-wrong' };
  const bridge = {
    app: { linkWaiting: async () => ({ ok: true, value: false }) },
    on: () => () => undefined,
    session: { signIn: async () => ({ ok: false, failure: failed }) },
  };
  render(
    <MantineProvider>
      <BridgeOverride value={bridge as unknown as Bridge}>
        <SignIn
          state={{ ...state, connection: { ...state.connection!, clockOffset: options.offset ?? 0 } }}
          expired={options.expired ?? false}
          onDone={() => undefined}
          onState={() => undefined}
        />
      </BridgeOverride>
    </MantineProvider>,
  );
}

it('warns about a clock that is five minutes ahead or behind', () => {
  for (const [offset, expected] of [
    [4 * 60_000, false],
    [6 * 60_000, true],
    [-6 * 60_000, true],
  ] as const) {
    show({ offset });
    expect(screen.queryByText(/clock is off/) !== null).toBe(expected);
    cleanup();
  }
});

it('says that the session has ended', () => {
  show({ expired: true });
  expect(screen.getByText(/Your session has ended/)).toBeTruthy();
});

it('says why the directory refuses an operator with the right password', async () => {
  show({ failure: { code: 'directory-sign-in.not-now', detail: 'It demands a new password first.' } });
  fireEvent.change(screen.getByLabelText('User name or email address'), { target: { value: 'ann' } });
  fireEvent.change(screen.getByLabelText('Password'), { target: { value: 'a password' } });
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  expect((await screen.findByRole('alert')).textContent).toContain('It demands a new password first.');
});

it.each([
  ['session.credentials-wrong', /user name or the password is wrong/],
  ['session.operator-locked', /This operator is locked/],
  ['directory-sign-in.unavailable', /directory that checks the passwords does not answer/],
  ['directory-sign-in.no-role', /none of your groups in the directory has a role/],
  ['server.unreachable', /The server is not responding/],
  ['server.timeout', /took too long/],
  ['server.certificate-untrusted', /not trusted/],
] as const)('shows its own message for %s and keeps the fields', async (code, expected) => {
  show({ failure: { code } });
  const [name, password] = [
    screen.getByLabelText<HTMLInputElement>('User name or email address'),
    screen.getByLabelText<HTMLInputElement>('Password'),
  ];
  fireEvent.change(name, { target: { value: 'ann' } });
  fireEvent.change(password, { target: { value: 'a password' } });
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  expect((await screen.findByRole('alert')).textContent).toMatch(expected);
  expect([name.value, password.value]).toEqual(['ann', 'a password']);
});
