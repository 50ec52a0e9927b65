import { MantineProvider } from '@mantine/core';
import { act, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { SessionView } from '../../../shared/api/session.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { ProofField } from './proof-field.tsx';
import { proofWays, ProofWaysProvider } from './proof-ways.ts';
import { useProof } from './use-proof.ts';

beforeAll(() => setUpTexts());

function Asked({ onProved }: { readonly onProved: (ok: boolean) => void }) {
  const proof = useProof();
  const [failed, setFailed] = useState<Failure | null>(null);
  return (
    <>
      <ProofField proof={proof} />
      <p data-testid="failure">{Object.values(failed ?? {}).join(' ')}</p>
      <button
        onClick={() =>
          void proof.prove().then((result) => {
            setFailed(result.ok ? null : (result.failure ?? null));
            onProved(result.ok);
          })
        }
      >
        Continue
      </button>
    </>
  );
}

function show(proofs: SessionView['proofs'], provider: string | null) {
  let comeBack: (answer: object) => void = () => undefined;
  const session = {
    reauthenticate: vi.fn<(typed: object) => Promise<object>>(async () => ({ ok: true })),
    proveWithProvider: vi.fn<() => Promise<object>>(
      () =>
        new Promise((resolve) => {
          comeBack = resolve;
        }),
    ),
    cancelSignIn: vi.fn<() => Promise<object>>(async () => ({ ok: true })),
  };
  const onProved = vi.fn<(ok: boolean) => void>();
  const shown = render(
    <MantineProvider>
      <BridgeOverride value={{ session } as unknown as Bridge}>
        <ProofWaysProvider value={proofWays(proofs, provider)}>
          <Asked onProved={onProved} />
        </ProofWaysProvider>
      </BridgeOverride>
    </MantineProvider>,
  );
  return { session, onProved, shown, comeBack: (answer: object) => act(async () => comeBack(answer)) };
}
const press = (name: string) => act(async () => screen.getByRole('button', { name }).click());

describe('a proof of identity', () => {
  it('goes through the identity provider for an operator without a password', async () => {
    const { session, onProved, comeBack } = show(['provider'], 'Example ID');
    expect(screen.queryByLabelText('Password')).toBeNull();
    expect(screen.getByRole('status').textContent).toContain('Your browser opens Example ID');
    await press('Continue');
    expect(screen.getByRole('status').textContent).toContain('Your browser is open at Example ID');
    expect(session.reauthenticate).not.toHaveBeenCalled();
    await comeBack({ ok: true });
    expect(onProved).toHaveBeenCalledWith(true);
  });

  it('can be cancelled while it waits for the identity provider', async () => {
    const { session, onProved, comeBack } = show(['password', 'provider', 'code'], 'Example ID');
    screen.getByLabelText('Password');
    await press('Use Example ID instead');
    await press('Continue');
    await press('Stop waiting');
    expect(session.cancelSignIn).toHaveBeenCalledTimes(1);
    await comeBack({ ok: false });
    expect(onProved).toHaveBeenCalledWith(false);
    await press('Use a code instead');
    screen.getByLabelText('Verification code');
  });

  it('offers no provider that is off or does not know the operator', () => {
    const { shown } = show(['password', 'provider', 'code'], null);
    expect(screen.queryAllByText(/Use .* instead/).map(({ textContent }) => textContent)).toEqual([
      'Use a code instead',
    ]);
    shown.unmount();
    show(['password'], 'Example ID');
    expect(screen.queryByText('Use Example ID instead')).toBeNull();
  });

  it('offers no code to an operator without an authenticator', () => {
    show(['password'], null);
    expect(screen.queryAllByText(/Use .* instead/)).toEqual([]);
  });

  it('says that the password is wrong, without a user name or a reference', async () => {
    const { session, shown } = show(['password'], null);
    session.reauthenticate.mockResolvedValue({
      ok: false,
      failure: { code: 'session.credentials-wrong', reference: 'e42176a4' },
    });
    await press('Continue');
    expect(shown.getByTestId('failure').textContent).toBe('session.password-wrong');
  });

  it('stops waiting for the browser when its dialog closes', async () => {
    const { session, shown } = show(['provider'], 'Example ID');
    await press('Continue');
    shown.unmount();
    expect(session.cancelSignIn).toHaveBeenCalledTimes(1);
  });
});
