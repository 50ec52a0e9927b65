import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { beforeAll, expect, it } from 'vitest';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import type { CaseView } from '../../../shared/api/case.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { formatDate } from '../../parts/clock/format-time.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { firstView } from './case-view-for-test.ts';
import { ResetStep } from './reset-step.tsx';

beforeAll(() => setUpTexts());

function show(account: Partial<CaseView['account']>) {
  const view = firstView();
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <BridgeOverride value={{ on: () => () => undefined } as unknown as Bridge}>
          <ResetStep
            view={{ ...view, account: { ...view.account, ...account } }}
            onReset={() => undefined}
            onCase={() => undefined}
          />
        </BridgeOverride>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return screen.queryByTestId('case-cannot-sign-in')?.textContent ?? null;
}

it('says before a reset that a person who has not started cannot sign in', () => {
  const startsAt = '2027-03-01T00:00:00Z';
  expect(show({ statuses: ['not-started'], startsAt })).toContain(`starts on ${formatDate(startsAt)}`);
});

it('says before a reset that the owner of an expired account cannot sign in', () => {
  const expiresAt = '2026-01-31T22:59:59Z';
  expect(show({ statuses: ['expired'], expiresAt })).toContain(`expired on ${formatDate(expiresAt)}`);
});

it('says nothing before the reset of an account that expires later', () => {
  expect(show({ expiresAt: '2027-01-31T22:59:59Z' })).toBeNull();
});
