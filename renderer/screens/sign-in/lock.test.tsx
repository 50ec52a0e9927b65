import { MantineProvider } from '@mantine/core';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { beforeAll, expect, it } from 'vitest';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import type { ConsoleState } from '../../../shared/bridge/state.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { ProofWaysProvider, proofWays } from '../../parts/proof/proof-ways.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { Lock } from './lock.tsx';

beforeAll(() => setUpTexts());

/** The lock screen of an operator who can confirm their identity in these ways. */
const show = (...proofs: readonly ('password' | 'code')[]) => {
  const bridge = {
    app: { linkWaiting: async () => ({ ok: true, value: false }) },
    on: () => () => undefined,
    session: {
      reauthenticate: async () => ({
        ok: false,
        failure: { code: 'session.credentials-wrong', reference: 'e42176a4' },
      }),
    },
  } as unknown as Bridge;
  const state = { session: { operator: { displayName: 'Olga Operator' } } } as unknown as ConsoleState;
  render(
    <MantineProvider>
      <BridgeOverride value={bridge}>
        <ProofWaysProvider value={proofWays([...proofs], null)}>
          <Lock state={state} waiting={0} onDone={() => undefined} />
        </ProofWaysProvider>
      </BridgeOverride>
    </MantineProvider>,
  );
};

it('says that the password is wrong, which is the only field', async () => {
  show('password');
  fireEvent.change(screen.getByLabelText(/^Password/u), { target: { value: 'wrong' } });
  await act(async () => screen.getByTestId('lock-unlock').click());
  const said = screen.getByTestId('lock').textContent;
  expect(said).toContain('The password is wrong');
  expect(said).not.toMatch(/user name|e42176a4/iu);
});

it('offers a code only to an operator who has an authenticator', () => {
  show('password');
  expect(screen.getByTestId('lock').textContent).not.toContain('Use a code instead');
  show('password', 'code');
  expect(screen.getAllByTestId('lock')[1]?.textContent).toContain('Use a code instead');
});
