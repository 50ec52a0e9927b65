import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { beforeAll, expect, it } from 'vitest';
import type { AuditStreams } from '../../../shared/api/audit-stream.ts';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { AuditStreamSection } from './audit-stream-settings.tsx';

const streams: AuditStreams = {
  syslog: { enabled: false, host: '', port: 6514, format: 'jsonl', tls: true },
  webhook: { enabled: false, url: '', secretStored: false },
  states: { syslog: null, webhook: null },
};

beforeAll(() => setUpTexts());

const refusedAt = (path: string) => () =>
  Promise.resolve({
    ok: false,
    failure: { code: 'request.invalid', fields: [{ path, message: 'Correct this field.' }] },
  });

const show = () => {
  const audit = {
    streams: () => Promise.resolve({ ok: true, value: streams }),
    changeSyslog: refusedAt('body.host'),
    changeWebhook: refusedAt('body.url'),
  };
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider>
        <BridgeOverride value={{ audit } as unknown as Bridge}>
          <AuditStreamSection />
        </BridgeOverride>
      </MantineProvider>
    </QueryClientProvider>,
  );
};

it.each([
  ['syslog', 'host'],
  ['webhook', 'url'],
])('says a fault of the target %s once, at its field', async (target, faulty) => {
  show();
  const field = await screen.findByTestId(`settings-${target}-${faulty}`);
  await act(async () => fireEvent.change(field, { target: { value: 'https://other.example.com' } }));
  await act(async () => fireEvent.click(screen.getByTestId(`settings-${target}-save`)));
  await screen.findByText('Correct this field.');
  expect(screen.getByRole('alert').textContent).not.toContain('Correct this field.');
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(document.activeElement).toBe(field);
});
