import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, fireEvent, render, screen } from '@testing-library/react';
import type { ComponentProps, ReactNode } from 'react';
import { beforeAll, expect, it } from 'vitest';
import type { AccountSource } from '../../../../shared/api/account-sources.ts';
import type { DirectoryView } from '../../../../shared/api/directories.ts';
import type { Bridge } from '../../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../../bridge/console-bridge.ts';
import { setUpTexts } from '../../../texts/set-up-texts.ts';
import { AccountSourcesSection } from './account-sources-section.tsx';
import { DirectoriesSection } from './directories-section.tsx';
import { PolicyPreview } from './policy-preview.tsx';

const source: AccountSource = {
  id: 'hr',
  name: 'HR',
  scimUrl: 'https://desk.example.com/scim/v2/hr',
  feed: {
    enabled: false,
    complete: false,
    unlistedSince: null,
    folder: 'feeds/hr',
    uploadUrl: 'https://x',
    runs: [],
  },
  accounts: 1,
  tokens: [],
  changedAt: null,
  heldSince: null,
  allowedUntil: null,
};
const directory = {
  id: 'ad',
  name: 'Head office',
  enabled: true,
  settings: { kind: 'active-directory' },
  accounts: 3,
  waiting: 0,
  held: null,
  heldChanges: null,
  refused: null,
  allowedUntil: null,
  reading: { state: 'never', fault: null, faultAt: null, readAt: null, accountsRead: 0 },
} as unknown as DirectoryView;

beforeAll(() => setUpTexts());

/** Shows a section whose list is `before` until a call has changed it, and `after` from then on. */
function show(section: ReactNode, name: 'sources' | 'directories', before: unknown[], after: unknown[]) {
  let listed = before;
  const answer = (value: unknown) => Promise.resolve({ ok: true, value });
  const change = () => {
    listed = after;
    return answer({});
  };
  const calls = new Proxy(
    { list: () => answer({ [name]: listed }) },
    { get: (known, call) => (call === 'list' ? known.list : change) },
  );
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider>
        <BridgeOverride value={{ [name]: calls } as unknown as Bridge}>{section}</BridgeOverride>
      </MantineProvider>
    </QueryClientProvider>,
  );
}
/** Waits for a message, and returns its role. A screen reader reads out a `status`. */
const roleOf = async (text: string) => (await screen.findByText(text)).getAttribute('role');
const click = (testId: string) => act(async () => fireEvent.click(await screen.findByTestId(testId)));

it('says that a source was added, once its form is closed', async () => {
  show(<AccountSourcesSection />, 'sources', [], [source]);
  await click('sources-add');
  fireEvent.change(await screen.findByTestId('source-name'), { target: { value: 'HR' } });
  await click('source-save');
  expect(await roleOf('Added. It needs a token or files before it can supply accounts.')).toBe('status');
});

it('says that a source was removed, once it is no longer listed', async () => {
  show(<AccountSourcesSection />, 'sources', [source], []);
  await click('source-remove');
  await click('source-remove-confirm');
  expect(await roleOf('Removed.')).toBe('status');
});

it('says that a token was added, once its form is closed', async () => {
  show(<AccountSourcesSection />, 'sources', [source], [source]);
  await click('source-token-add');
  fireEvent.change(await screen.findByTestId('source-token-label'), { target: { value: 'Provisioning' } });
  await click('source-token-save');
  expect(await roleOf('The token was approved. Show it to copy it.')).toBe('status');
});

it('says that a directory was removed, once it is no longer listed', async () => {
  show(<DirectoriesSection />, 'directories', [directory], []);
  await click('directory-remove');
  await click('directory-remove-confirm');
  expect(await roleOf('Removed.')).toBe('status');
});

it('says how many accounts are missing in a directory, and that closing them was allowed', async () => {
  const held = { since: '2026-11-30T10:00:00.000Z', accounts: 1204 };
  const hours = { allowedUntil: '2026-11-30T14:00:00.000Z' };
  show(<DirectoriesSection />, 'directories', [{ ...directory, held }], [{ ...directory, ...hours }]);
  expect((await screen.findByTestId('directory-held')).textContent).toContain('1204 accounts');
  fireEvent.change(await screen.findByTestId('directory-allow-reason'), { target: { value: 'A merger' } });
  await click('directory-allow');
  expect(await screen.findByText(/^Any number of accounts may be closed until/)).toBeDefined();
  expect(screen.queryByTestId('directory-held')).toBeNull();
});

it('shows changes of many accounts that wait, and that they were allowed', async () => {
  const heldChanges = {
    since: '2026-11-30T10:00:00.000Z',
    until: '2026-11-30T10:05:00.000Z',
    accounts: 60,
    counts: { contact: 60, tier: 0, manager: 0 },
    examples: [
      {
        userName: 'zoe',
        displayName: 'Zoe Example',
        changes: [{ field: 'phone', from: '•••• 0100', to: '•••• 0199' }],
      },
    ],
  };
  show(<DirectoriesSection />, 'directories', [{ ...directory, heldChanges }], [directory]);
  const shown = (await screen.findByTestId('directory-held-changes')).textContent;
  expect(shown).toContain('Contact data of 60 accounts');
  expect(shown).toContain('•••• 0100 → •••• 0199');
  expect(shown).toContain('and 59 more accounts');
  fireEvent.change(await screen.findByTestId('directory-allow-changes-reason'), {
    target: { value: 'A new exchange' },
  });
  await click('directory-allow-changes');
  await expect.poll(() => screen.queryByTestId('directory-held-changes')).toBeNull();
});

it('shows the entries of a directory that cannot be read, and why', async () => {
  const refused = {
    count: 3,
    entries: [
      { userName: 'a[U+200B]nn', reason: 'user-name-characters', detail: 'a[U+200B]nn' },
      { userName: 'bob', reason: 'bad-characters', detail: 'B[U+FFFD]b' },
    ],
  } as const;
  show(
    <DirectoriesSection />,
    'directories',
    [{ ...directory, refused: { ...refused, entries: [...refused.entries] } }],
    [],
  );
  const shown = (await screen.findByTestId('directory-refused')).textContent;
  expect(shown).toContain('3 entries cannot be read');
  expect(shown).toContain('a[U+200B]nnUser name contains characters that are not allowed');
  expect(shown).toContain('bobContains characters that Reset Desk cannot use: B[U+FFFD]b');
  expect(shown).toContain('and 1 more entry');
});

it('a policy says what it demands, what was not readable, and which rules cannot be checked in advance', () => {
  const policy: ComponentProps<typeof PolicyPreview>['policy'] = {
    minLength: 10,
    maxLength: 16,
    complexity: null,
    history: 3,
    lockoutThreshold: 0,
    unreadable: ['complexity'],
    unchecked: ['pattern', 'forbidden-passwords'],
  };
  render(
    <MantineProvider>
      <PolicyPreview policy={policy} />
    </MantineProvider>,
  );
  const { textContent } = screen.getByTestId('directory-policy');
  expect(textContent).toContain(
    'at least 10 characters · at most 16 characters · none of the last 3 passwords',
  );
  expect(textContent).not.toContain('locked after');
  expect(textContent).toContain('cannot read: kinds of characters.');
  expect(textContent).toContain('in advance: a pattern, a list of forbidden passwords.');
});
