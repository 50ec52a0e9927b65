import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { LinkedAccount, UnlinkedAccount } from '../../../shared/api/account-link.ts';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { AccountLinks } from './account-links.tsx';

const at = new Date().toISOString();
const named = {
  linkId: 'l1',
  accountId: 'a2',
  directory: 'ldap',
  directoryName: 'Head office',
  userName: 'okaform',
  displayName: 'Marlene Okafor',
} as const;
const linked: LinkedAccount = {
  ...named,
  tier: 'standard',
  statuses: ['locked'],
  why: 'email',
  linkedAt: at,
  evidenceFrom: at,
  outOfScope: false,
};
const unlinked: UnlinkedAccount = { ...named, unlinkedAt: at, reason: 'Two persons' };
const hit = { id: 'a1', displayName: 'Marlene Okafor', userName: 'm.okafor', directory: null, statuses: [] };

beforeAll(() => setUpTexts());
afterEach(cleanup);

/** Shows the section and searches; answers the changes that were requested. A change has the effect that the backend's would have. */
async function show(links: { accounts: LinkedAccount[]; unlinked: UnlinkedAccount[] }) {
  const requested: unknown[] = [];
  let known = links;
  const change = (act: string, after: typeof links) => (call: unknown) => {
    requested.push([act, call]);
    known = after;
    return Promise.resolve({ ok: true, value: { at } });
  };
  const bridge = {
    accounts: { search: () => Promise.resolve({ ok: true, value: { hits: [hit], more: false } }) },
    accountLinks: {
      list: () => Promise.resolve({ ok: true, value: known }),
      unlink: change('unlink', { accounts: [], unlinked: [unlinked] }),
      relink: change('relink', { accounts: [linked], unlinked: [] }),
    },
    on: () => () => undefined,
  } as unknown as Bridge;
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <BridgeOverride value={bridge}>
          <AccountLinks />
        </BridgeOverride>
      </QueryClientProvider>
    </MantineProvider>,
  );
  fireEvent.change(screen.getByTestId('link-find'), { target: { value: 'okafor' } });
  await screen.findByTestId('link-hit');
  return requested;
}

async function confirm(reason: string) {
  fireEvent.change(await screen.findByTestId('reason'), { target: { value: reason } });
  fireEvent.click(screen.getByTestId('reason-confirm'));
}

it('shows what is linked, why and in which state, and unlinks it with a reason', async () => {
  const requested = await show({ accounts: [linked], unlinked: [] });
  const row = (await screen.findByTestId('link-row')).textContent;
  for (const part of ['okaform', 'Head office', 'Locked', 'same email address']) expect(row).toContain(part);
  fireEvent.click(screen.getByTestId('link-unlink'));
  await confirm('Two persons');
  expect((await screen.findByTestId('link-unlinked-row')).textContent).toContain('Two persons');
  expect(requested).toEqual([['unlink', { params: { linkId: 'l1' }, body: { reason: 'Two persons' } }]]);
  expect(screen.getByRole('status').textContent).toBe('Marlene Okafor is unlinked.');
});

it('links an unlinked account again with a reason', async () => {
  const requested = await show({ accounts: [], unlinked: [unlinked] });
  fireEvent.click(await screen.findByTestId('link-relink'));
  await confirm('By mistake');
  await screen.findByTestId('link-row');
  expect(requested).toEqual([['relink', { params: { linkId: 'l1' }, body: { reason: 'By mistake' } }]]);
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('Marlene Okafor is linked again.'));
});

it('says that an account is not linked', async () => {
  await show({ accounts: [], unlinked: [] });
  expect(await screen.findByText('Not linked with an account of another directory.')).toBeDefined();
});
