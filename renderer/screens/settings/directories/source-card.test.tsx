import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { AccountSource, FileFeed, SourceToken } from '../../../../shared/api/account-sources.ts';
import type { Bridge } from '../../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../../bridge/console-bridge.ts';
import { useOutcome } from '../../../parts/forms/use-outcome.ts';
import { setUpTexts } from '../../../texts/set-up-texts.ts';
import { SourceCard } from './source-card.tsx';

const at = '2026-03-01T09:00:00.000Z';
const token: SourceToken = {
  id: 'token',
  label: 'Provisioning',
  state: 'agreed',
  createdBy: 'Ann Example',
  createdAt: at,
  expiresAt: at,
  lastUsedAt: null,
  own: true,
};
const feed: FileFeed = {
  enabled: true,
  complete: true,
  unlistedSince: null,
  folder: 'feeds/hr',
  uploadUrl: 'https://x',
  runs: [],
};
const source: AccountSource = {
  id: 'hr',
  name: 'HR',
  scimUrl: 'https://desk.example.com/scim/v2/hr',
  feed,
  accounts: 1,
  tokens: [],
  changedAt: null,
  heldSince: null,
  allowedUntil: null,
};

let called: [string, unknown][];
beforeAll(() => setUpTexts());
beforeEach(() => {
  called = [];
});

/** Notes each call, and answers it. */
const group = (answer: unknown) =>
  new Proxy(
    {},
    {
      get: (_group, name) => (args: unknown) => {
        called.push([String(name), args]);
        return Promise.resolve({ ok: true, value: answer });
      },
    },
  );

function Card({ source: shown }: { readonly source: AccountSource }) {
  const outcome = useOutcome();
  return <SourceCard source={shown} outcome={outcome} onChange={() => undefined} />;
}

const show = (changes: Partial<AccountSource>, answer: unknown = {}) =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider>
        <BridgeOverride
          value={{ sources: group(answer), imports: group({}), session: group({}) } as unknown as Bridge}
        >
          <Card source={{ ...source, ...changes }} />
        </BridgeOverride>
      </MantineProvider>
    </QueryClientProvider>,
  );
const click = (testId: string) => act(async () => fireEvent.click(await screen.findByTestId(testId)));

it('shows the value of a token once, to the administrator who asked for it', async () => {
  show({ tokens: [token] }, { value: 'rdsrc_secret', expiresAt: at });
  await click('source-token-show');
  const value = await screen.findByTestId<HTMLInputElement>('source-token-value');
  expect([value.value, value.readOnly]).toEqual(['rdsrc_secret', true]);
  await click('source-token-close');
  expect(screen.queryByDisplayValue('rdsrc_secret')).toBeNull();
});

it('offers to revoke the token of another administrator, and not to show it', () => {
  show({ tokens: [{ ...token, own: false }] });
  expect(screen.queryByTestId('source-token-show')).toBeNull();
  expect(screen.getByTestId('source-token-revoke')).toBeDefined();
});

it.each(['expired', 'revoked'] as const)('offers nothing for a token that is %s', (state) => {
  show({ tokens: [{ ...token, state }] });
  expect(screen.queryByTestId('source-token-show')).toBeNull();
  expect(screen.queryByTestId('source-token-revoke')).toBeNull();
});

it('says that changes wait, and lets them pass with a reason', async () => {
  show({ heldSince: at });
  expect(screen.getByTestId('source-held').textContent).toContain('within an hour');
  fireEvent.change(screen.getByTestId('source-allow-reason'), { target: { value: 'A merger' } });
  await click('source-allow');
  expect(called).toEqual([['allow', { params: { sourceId: 'hr' }, body: { hours: 4, reason: 'A merger' } }]]);
});

it.each([
  ['source-run-confirm', 'confirm'],
  ['source-run-cancel', 'cancel'],
])('decides about a file that waits: %s', async (button, call) => {
  const counts = { created: 0, changed: 0, held: 0, closed: 59, refused: 0 };
  const run = {
    importId: 'i-1',
    fileName: 'staff.csv',
    at,
    outcome: 'waiting',
    fault: null,
    ...counts,
  } as const;
  show({ feed: { ...feed, runs: [run] } });
  expect(screen.getByTestId('source-run').textContent).toContain('59 closed');
  await click(button);
  expect(called).toEqual([[call, { params: { importId: 'i-1' } }]]);
});

it('says since when the folder of a source cannot be listed', async () => {
  show({ feed: { ...feed, unlistedSince: at } });
  expect((await screen.findByTestId('source-folder-fault')).textContent).toMatch(
    /^Since .* list this folder/,
  );
});
