import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeAll, expect, it, vi } from 'vitest';
import type { Bridge } from '../../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../../bridge/console-bridge.ts';
import { setUpTexts } from '../../../texts/set-up-texts.ts';
import { SecondFactorNotice, useSecondFactorDeadline } from './second-factor-notice.tsx';

beforeAll(() => setUpTexts());

function show(session: string | null, self: string | null) {
  const get = vi.fn<() => Promise<object>>(async () => ({ ok: true, value: { secondFactorBy: self } }));
  const onSetUp = vi.fn<() => void>();
  const bridge = { self: { get } };
  const Notice = () => (
    <SecondFactorNotice by={useSecondFactorDeadline({ secondFactorBy: session })} onSetUp={onSetUp} />
  );
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <BridgeOverride value={bridge as unknown as Bridge}>
          <Notice />
        </BridgeOverride>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { get, onSetUp };
}
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const by = inDays(7);

it('links the deadline to where the second factor is set up', () => {
  const { onSetUp } = show(by, by);
  expect(screen.getByTestId('second-factor-notice').textContent).toContain(
    'Set up two-factor authentication before',
  );
  fireEvent.click(screen.getByRole('button', { name: 'Set up two-factor authentication' }));
  expect(onSetUp).toHaveBeenCalled();
});

it('disappears once the second factor is set up', async () => {
  show(by, null);
  await waitFor(() => expect(screen.queryByTestId('second-factor-notice')).toBeNull());
});

it('is hidden when there is no deadline', () => {
  const { get } = show(null, null);
  expect(screen.queryByTestId('second-factor-notice')).toBeNull();
  expect(get).not.toHaveBeenCalled();
});

it('can be put off for later', () => {
  show(by, by);
  fireEvent.click(screen.getByTestId('second-factor-later'));
  expect(screen.queryByTestId('second-factor-notice')).toBeNull();
});

it('cannot be put off in the last two days', () => {
  show(inDays(1.5), inDays(1.5));
  expect(screen.getByTestId('second-factor-notice')).toBeTruthy();
  expect(screen.queryByTestId('second-factor-later')).toBeNull();
});
