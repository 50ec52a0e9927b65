import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen } from '@testing-library/react';
import { beforeAll, expect, it } from 'vitest';
import type { ServerStatus } from '../../../shared/api/server-status.ts';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { ServerStatus as ServerFacts, ServerWarnings } from './server-status.tsx';

beforeAll(() => setUpTexts());

const channel = {
  setUp: 'external',
  server: 'mail.example.com:587',
  workedAt: null,
  failing: null,
  queued: 2,
};
const status = (warnings: ServerStatus['warnings']) => ({
  version: '1.2.3',
  mode: 'server',
  publicUrl: 'http://127.0.0.1:9413',
  startedAt: '2026-03-01T09:00:00.000Z',
  database: { kind: 'sqlite', version: '3.45.1', bytes: 2_000_000 },
  lastBackupAt: null,
  mail: channel,
  text: { ...channel, setUp: 'outbox', server: null },
  warnings,
});

const show = (warnings: ServerStatus['warnings']) =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider>
        <BridgeOverride
          value={
            {
              settings: { server: () => Promise.resolve({ ok: true, value: status(warnings) }) },
            } as unknown as Bridge
          }
        >
          <ServerWarnings />
          <ServerFacts />
        </BridgeOverride>
      </MantineProvider>
    </QueryClientProvider>,
  );

it('names each problem of the server in a line that unfolds', async () => {
  show(['address-unreachable', 'no-approver']);
  const problem = await screen.findByTestId<HTMLDetailsElement>('settings-warning-address-unreachable');
  expect([problem.open, problem.querySelector('summary')?.textContent]).toEqual([
    false,
    'Links in emails lead to an address that users cannot reach',
  ]);
  fireEvent.click(problem.querySelector('summary') as HTMLElement);
  expect(problem.textContent).toContain('They lead to http://127.0.0.1:9413, which is this computer.');
  expect(screen.getByTestId('settings-warning-no-approver').textContent).toContain(
    'Give two people the role',
  );
});

it('shows address, version, database, backup and mail of a server without problems', async () => {
  show([]);
  const facts = await screen.findByTestId('server-status');
  expect(screen.queryByTestId('settings-warnings')).toBeNull();
  for (const part of [
    'http://127.0.0.1:9413',
    '1.2.3 · server',
    'SQLite 3.45.1, 2 MB',
    'None with the “backup”',
  ])
    expect(facts.textContent).toContain(part);
  expect(screen.getByTestId('server-status-mail').textContent).toBe(
    'mail.example.com:587 · 2 waiting to be sent',
  );
});
