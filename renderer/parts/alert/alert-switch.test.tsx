import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeAll, expect, it, vi } from 'vitest';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { AlertSwitch } from './alert-switch.tsx';

beforeAll(() => setUpTexts());

it('raises the alert with a verification code in place of a password', async () => {
  const calls: unknown[] = [];
  const off = { ok: true, value: { raised: null, proposed: null } };
  const bridge = {
    session: {
      reauthenticate: async (proof: object) => {
        calls.push(proof);
        return { ok: true, value: {} };
      },
    },
    fourEyes: {
      alert: async () => off,
      raise: vi.fn<(call: object) => Promise<object>>(async (call) => {
        calls.push(call);
        return off;
      }),
    },
  };
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <BridgeOverride value={bridge as unknown as Bridge}>
          <AlertSwitch />
        </BridgeOverride>
      </QueryClientProvider>
    </MantineProvider>,
  );
  fireEvent.change(await screen.findByLabelText('Reason'), { target: { value: 'Calls in a row' } });
  // No field on this screen takes the focus.
  expect(document.activeElement).toBe(document.body);
  fireEvent.click(screen.getByRole('button', { name: 'Use a code instead' }));
  fireEvent.change(screen.getByLabelText('Verification code'), { target: { value: '123456' } });
  fireEvent.click(screen.getByRole('button', { name: 'Raise the alert' }));
  await waitFor(() => expect(bridge.fourEyes.raise).toHaveBeenCalled());
  expect(calls).toEqual([
    { code: '123456' },
    { body: { scope: 'all', reason: 'Calls in a row', validFor: 8 * 3600 } },
  ]);
});
