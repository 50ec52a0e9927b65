import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeAll, expect, it, vi } from 'vitest';
import { ownChangeKinds, type HeldChange } from '../../../shared/api/held-change.ts';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { HeldCard } from './held-card.tsx';

const change: HeldChange = {
  id: 'h1',
  kind: 'phone',
  shown: '+49 ••• •••• 199',
  accountId: 'x1',
  displayName: 'Mara Lind',
  userName: 'mlind',
  heldAt: new Date().toISOString(),
  until: new Date(Date.now() + 86_400_000).toISOString(),
  clientAddress: '192.0.2.7',
  resetAt: new Date().toISOString(),
  resetBy: 'Olga Brand',
  caseId: 'c1',
  caseNumber: 12,
  obstacle: null,
};

beforeAll(() => setUpTexts());

function show(differs: Partial<HeldChange> = {}) {
  const reauthenticate = vi.fn<(typed: object) => Promise<object>>(async () => ({ ok: true, value: {} }));
  const decide = vi.fn<(call: object) => Promise<object>>(async () => ({ ok: true, value: { held: [] } }));
  const onDecided = vi.fn<() => void>();
  const bridge = {
    session: { reauthenticate },
    heldChanges: { decide, get: () => new Promise(() => undefined) },
  };
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <BridgeOverride value={bridge as unknown as Bridge}>
          <HeldCard change={{ ...change, ...differs }} onDecided={onDecided} onOpenCase={() => undefined} />
        </BridgeOverride>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { decide, onDecided };
}

it('sends a denial of the shown change with reason and proof', async () => {
  const { decide, onDecided } = show();
  expect(screen.getByText('Wants to change the phone number: +49 ••• •••• 199')).toBeTruthy();
  expect(screen.getByText(/by Olga Brand, case 12\. From 192\.0\.2\.7\./)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Show evidence' }));
  fireEvent.change(screen.getByLabelText('Your reason'), { target: { value: 'She did not ask for it' } });
  fireEvent.change(screen.getByLabelText('Password'), { target: { value: 'Meadow+Lamp9' } });
  fireEvent.click(screen.getByRole('button', { name: 'Deny' }));
  await waitFor(() => expect(onDecided).toHaveBeenCalled());
  expect(decide).toHaveBeenCalledWith({
    params: { changeId: 'h1' },
    body: { decision: 'deny', reason: 'She did not ask for it' },
  });
});

it('offers no decision to the approver who did the reset', () => {
  show({ obstacle: 'own-reset' });
  fireEvent.click(screen.getByRole('button', { name: 'Show evidence' }));
  expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
  expect(screen.getByText(/You did the reset before this change/)).toBeTruthy();
});

it.each(ownChangeKinds)('has a text for %s', (kind) => {
  show({ kind, shown: null });
  expect(screen.getByText(/^Wants /)).toBeTruthy();
});
