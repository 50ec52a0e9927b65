import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeAll, expect, it, vi } from 'vitest';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { TellAgain } from './tell-again.tsx';

beforeAll(() => setUpTexts());

function show(answer: object) {
  const tellAgain = vi.fn<(call: object) => Promise<object>>(() => Promise.resolve(answer));
  const client = new QueryClient();
  const invalidate = vi.spyOn(client, 'invalidateQueries');
  render(
    <MantineProvider>
      <QueryClientProvider client={client}>
        <BridgeOverride value={{ requiredResets: { tellAgain } } as unknown as Bridge}>
          <TellAgain id="r1" count={3} />
        </BridgeOverride>
      </QueryClientProvider>
    </MantineProvider>,
  );
  fireEvent.click(screen.getByRole('button', { name: 'Notify 3 again' }));
  return { tellAgain, invalidate };
}

it('shows new counts after it has notified again', async () => {
  const { tellAgain, invalidate } = show({ ok: true, value: {} });
  await waitFor(() => expect(invalidate).toHaveBeenCalledWith({ queryKey: ['required-resets'] }));
  expect(tellAgain).toHaveBeenCalledWith({ params: { requiredResetId: 'r1' } });
});

it('shows why it failed', async () => {
  show({ ok: false, failure: { code: 'required-reset.ended' } });
  expect((await screen.findByRole('alert')).textContent).not.toBe('');
});
