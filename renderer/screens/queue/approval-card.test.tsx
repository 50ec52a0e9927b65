import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeAll, expect, it, vi } from 'vitest';
import type { ApprovalRow } from '../../../shared/api/approval.ts';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { ApprovalCard } from './approval-card.tsx';

const approval: ApprovalRow = {
  id: 'a1',
  state: 'pending',
  action: 'temporary-password',
  needed: ['tier'],
  caseId: 'c1',
  caseNumber: 12,
  accountId: 'x1',
  displayName: 'Mara Lind',
  userName: 'mlind',
  operator: 'Olga Brand',
  note: null,
  askedAt: new Date().toISOString(),
  expiresAt: new Date(Date.now() + 600_000).toISOString(),
  decidedAt: null,
  decidedBy: null,
  reason: null,
  obstacle: null,
};

beforeAll(() => setUpTexts());

function show(proof: { ok: boolean } = { ok: true }) {
  const reauthenticate = vi.fn<(typed: object) => Promise<object>>(async () =>
    proof.ok ? { ok: true, value: {} } : { ok: false, failure: { code: 'session.code-wrong' } },
  );
  const decide = vi.fn<(call: object) => Promise<object>>(async () => ({ ok: true, value: approval }));
  const onDecided = vi.fn<() => void>();
  const pending = () => new Promise(() => undefined);
  const bridge = {
    session: { reauthenticate },
    fourEyes: { decide, get: pending },
  };
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <BridgeOverride value={bridge as unknown as Bridge}>
          <ApprovalCard approval={approval} first onDecided={onDecided} onOpenCase={() => undefined} />
        </BridgeOverride>
      </QueryClientProvider>
    </MantineProvider>,
  );
  fireEvent.change(screen.getByLabelText('Your reason'), { target: { value: 'The evidence is good' } });
  return { reauthenticate, decide, onDecided };
}
const answer = {
  params: { approvalId: 'a1' },
  body: { decision: 'approve', reason: 'The evidence is good' },
};

it('accepts a reason and a password as proof', async () => {
  const { reauthenticate, decide, onDecided } = show();
  expect(document.activeElement).toBe(screen.getByLabelText('Your reason'));
  fireEvent.change(screen.getByLabelText('Password'), { target: { value: 'Meadow+Lamp9' } });
  fireEvent.click(screen.getByRole('button', { name: 'Approve' }));
  await waitFor(() => expect(onDecided).toHaveBeenCalled());
  expect(reauthenticate).toHaveBeenCalledWith({ password: 'Meadow+Lamp9' });
  expect(decide).toHaveBeenCalledWith(answer);
});

it('accepts a verification code from an approver without a password', async () => {
  const { reauthenticate, decide, onDecided } = show();
  fireEvent.click(screen.getByRole('button', { name: 'Use a code instead' }));
  const field = screen.getByLabelText('Verification code');
  expect(document.activeElement).toBe(field);
  fireEvent.change(field, { target: { value: '123456' } });
  fireEvent.click(screen.getByRole('button', { name: 'Approve' }));
  await waitFor(() => expect(onDecided).toHaveBeenCalled());
  expect(reauthenticate).toHaveBeenCalledWith({ code: '123456' });
  expect(decide).toHaveBeenCalledWith(answer);
});

it('asks for the proof again when it is not valid', async () => {
  const { decide } = show({ ok: false });
  fireEvent.click(screen.getByRole('button', { name: 'Deny' }));
  expect(decide).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole('button', { name: 'Use a code instead' }));
  const field = screen.getByLabelText<HTMLInputElement>('Verification code');
  fireEvent.change(field, { target: { value: '000000' } });
  fireEvent.click(screen.getByRole('button', { name: 'Deny' }));
  expect(await screen.findByText(/code was wrong/i)).toBeTruthy();
  expect(decide).not.toHaveBeenCalled();
  expect(field.value).toBe('');
});
