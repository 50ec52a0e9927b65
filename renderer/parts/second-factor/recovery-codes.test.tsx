import { MantineProvider } from '@mantine/core';
import { fireEvent, render, screen } from '@testing-library/react';
import { beforeAll, expect, it, vi } from 'vitest';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { RecoveryCodes } from './recovery-codes.tsx';

beforeAll(() => setUpTexts());

it('copies the codes through main', async () => {
  const writeText = vi.fn<(text: string) => Promise<void>>();
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } });
  const copyRecoveryCodes = vi.fn<(codes: object) => Promise<object>>(async () => ({
    ok: true,
    value: { clearedAt: new Date(Date.now() + 30_000).toISOString() },
  }));
  const listeners: ((event: { state: string }) => void)[] = [];
  const bridge = {
    self: { copyRecoveryCodes },
    on: (_event: string, listener: (event: { state: string }) => void) => {
      listeners.push(listener);
      return () => undefined;
    },
  };
  const codes = Array.from({ length: 10 }, (_, at) => `AAAA-BBBB-000${at}`);
  render(
    <MantineProvider>
      <BridgeOverride value={bridge as unknown as Bridge}>
        <RecoveryCodes codes={codes} onDone={() => undefined} />
      </BridgeOverride>
    </MantineProvider>,
  );
  fireEvent.click(screen.getByRole('button', { name: 'Copy codes' }));
  expect(await screen.findByText(/Copied · cleared in/)).toBeTruthy();
  expect(copyRecoveryCodes).toHaveBeenCalledWith({ recoveryCodes: codes });
  expect(writeText).not.toHaveBeenCalled();
  for (const listener of listeners) listener({ state: 'cleared' });
  expect(await screen.findByText('Clipboard cleared')).toBeTruthy();
});
