import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeAll, expect, it } from 'vitest';
import type { Bridge, Value } from '../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { TextSettingsSection } from './text-settings.tsx';

const stored: Value<'settings', 'texts'> = {
  transport: 'gateway',
  method: 'POST',
  url: 'https://gateway.example.com',
  headers: [],
  bodyFormat: 'none',
  body: '',
  accepted: { when: 'json', path: 'state', value: 'sent' },
  country: '',
  secretStored: false,
};
const faulty = ['body.accepted.path', 'body.accepted.value'];

beforeAll(() => setUpTexts());

it('marks the fields of the acceptance that a fault is in', async () => {
  const fields = faulty.map((path) => ({ path, message: 'Correct this field.' }));
  const settings = {
    texts: () => Promise.resolve({ ok: true, value: stored }),
    changeTexts: () => Promise.resolve({ ok: false, failure: { code: 'request.invalid', fields } }),
  };
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider>
        <BridgeOverride value={{ settings } as unknown as Bridge}>
          <TextSettingsSection />
        </BridgeOverride>
      </MantineProvider>
    </QueryClientProvider>,
  );
  const path = await screen.findByTestId('settings-texts-acceptedPath');
  await act(async () => fireEvent.change(path, { target: { value: 'status' } }));
  await act(async () => fireEvent.click(screen.getByTestId('settings-texts-save')));
  await waitFor(() => expect(path.getAttribute('aria-invalid')).toBe('true'));
  expect(screen.getByTestId('settings-texts-acceptedValue').getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByRole('alert').textContent).not.toContain('Correct this field.');
});
