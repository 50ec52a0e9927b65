import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { beforeAll, expect, it } from 'vitest';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { formatDate } from '../../parts/clock/format-time.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { AccountPanel } from './account-panel.tsx';
import { firstView } from './case-view-for-test.ts';

beforeAll(() => setUpTexts());

it('shows the first day of a person who has not started', () => {
  const view = firstView();
  const startsAt = '2027-03-01T00:00:00Z';
  const account = { ...view.account, statuses: ['not-started' as const], startsAt };
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <BridgeOverride value={{ on: () => () => undefined } as unknown as Bridge}>
          <AccountPanel view={{ ...view, account }} />
        </BridgeOverride>
      </QueryClientProvider>
    </MantineProvider>,
  );
  expect(screen.getByText(`Starts ${formatDate(startsAt)}`)).toBeTruthy();
});
