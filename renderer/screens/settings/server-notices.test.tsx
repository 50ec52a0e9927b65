import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { beforeAll, expect, it } from 'vitest';
import type { ServerNotice } from '../../../shared/api/server-notice.ts';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { ServerNotices } from './server-notices.tsx';

beforeAll(() => setUpTexts());

const show = (notices: readonly ServerNotice[]) =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider>
        <BridgeOverride
          value={
            {
              settings: { notices: () => Promise.resolve({ ok: true, value: { notices } }) },
            } as unknown as Bridge
          }
        >
          <ServerNotices />
        </BridgeOverride>
      </MantineProvider>
    </QueryClientProvider>,
  );

it('says which variable to set for a proxy that is not trusted', async () => {
  show([{ code: 'proxy-not-trusted', set: 'RESET_DESK_TRUST_PROXY', proxy: '192.0.2.7' }]);
  const { textContent } = await screen.findByTestId('settings-notice-proxy-not-trusted');
  expect(textContent).toContain('Requests from 192.0.2.7 carry X-Forwarded-For');
  expect(textContent).toContain('set RESET_DESK_TRUST_PROXY');
});

it('shows nothing while nothing is wrong', () => {
  show([]);
  expect(screen.queryByRole('alert')).toBeNull();
});
