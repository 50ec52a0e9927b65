import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeAll, expect, it, vi } from 'vitest';
import type { Bridge } from '../../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../../bridge/console-bridge.ts';
import { setUpTexts } from '../../../texts/set-up-texts.ts';
import { SecondFactorNotice } from './second-factor-notice.tsx';

beforeAll(() => setUpTexts());

function show(session: string | null, self: string | null) {
  const get = vi.fn<() => Promise<object>>(async () => ({ ok: true, value: { secondFactorBy: self } }));
  const onSetUp = vi.fn<() => void>();
  const bridge = { self: { get } };
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <BridgeOverride value={bridge as unknown as Bridge}>
          <SecondFactorNotice session={{ secondFactorBy: session }} onSetUp={onSetUp} />
        </BridgeOverride>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { get, onSetUp };
}
const by = '2026-03-08T09:00:00.000Z';

it('shows the deadline from the start, and links to where the second factor is set up', () => {
  const { onSetUp } = show(by, by);
  expect(screen.getByRole('status').textContent).toContain('Set up two-factor authentication before');
  fireEvent.click(screen.getByRole('button', { name: 'Go to “Your sign-in”' }));
  expect(onSetUp).toHaveBeenCalled();
});

it('disappears once the second factor is set up', async () => {
  show(by, null);
  await waitFor(() => expect(screen.queryByRole('status')).toBeNull());
});

it('is hidden, and requests nothing, when there is no deadline', () => {
  const { get } = show(null, null);
  expect(screen.queryByRole('status')).toBeNull();
  expect(get).not.toHaveBeenCalled();
});
