import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { CaseView } from '../../../shared/api/case.ts';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { formatDate } from '../../parts/clock/format-time.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { AccountPanel } from './account-panel.tsx';
import { firstView } from './case-view-for-test.ts';

beforeAll(() => setUpTexts());
afterEach(cleanup);

const startsAt = '2027-03-01T00:00:00Z';

/** Shows an account with these statuses. */
function show(...statuses: CaseView['account']['statuses']) {
  const view = firstView();
  const account = {
    ...view.account,
    statuses,
    startsAt: statuses.includes('not-started') ? startsAt : null,
    expiresAt: statuses.includes('expired') ? startsAt : null,
  };
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <BridgeOverride value={{ on: () => () => undefined } as unknown as Bridge}>
          <AccountPanel view={{ ...view, account }} />
        </BridgeOverride>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

it('shows the first day of a person who has not started', () => {
  show('not-started');
  expect(screen.getByText(`Starts ${formatDate(startsAt)}`)).toBeTruthy();
});

it.each([
  ['not-started', `starts on ${formatDate(startsAt)}`],
  ['expired', `expired on ${formatDate(startsAt)}`],
  ['disabled', 'No reset is possible until it is enabled'],
] as const)('says that no reset is possible for an account that is %s', (status, words) => {
  show(status);
  expect(screen.getByTestId('case-no-sign-in').textContent).toContain(words);
});

it('says nothing of the kind about an active account', () => {
  show('active');
  expect(screen.queryByTestId('case-no-sign-in')).toBeNull();
});
