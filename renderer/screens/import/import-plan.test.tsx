import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeAll, expect, it, vi } from 'vitest';
import type { ImportRow, ImportView } from '../../../shared/api/import-view.ts';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { ImportProgress } from './import-progress.tsx';

beforeAll(() => setUpTexts());

const ready = {
  id: 'i1',
  fileName: 'people.csv',
  state: 'ready',
  bytesTotal: 100,
  bytesRead: 100,
  rows: 5,
  created: 1,
  changed: 2,
  unchanged: 1,
  refused: 0,
  held: 1,
  closed: 60,
  source: 'file',
  complete: true,
  applied: 0,
  counts: { contact: 0, tier: 0, manager: 0, status: 0, closed: 60 },
  massChanges: ['closed'],
  undoUntil: null,
  undone: null,
  startedAt: new Date().toISOString(),
  endedAt: null,
  failure: null,
} satisfies ImportView;

const row = (more: Partial<ImportRow>): ImportRow => ({
  line: 2,
  accountId: null,
  userName: 'rsmith',
  displayName: 'Ron Smith',
  changes: [],
  holdReason: null,
  ...more,
});
const ok = <T,>(value: T) => Promise.resolve({ ok: true, value } as const);

function show(view: ImportView) {
  const onConfirm = vi.fn<() => void>();
  const onUndo = vi.fn<() => void>();
  const rows = {
    held: [row({ holdReason: 'id-differs' })],
    changed: [row({ changes: [{ field: 'email', from: 'a•••@example.com', to: null }] })],
    new: [],
    closed: [row({ line: -1, userName: 'leaver' })],
    kept: [row({ userName: 'bo' })],
  };
  const bridge = {
    imports: {
      rows: ({ query }: { query: { kind: keyof typeof rows } }) =>
        ok({ rows: rows[query.kind], more: false }),
      warnings: () =>
        ok({
          warnings: [
            { reason: 'manager-not-found', field: 'manager', value: 'Nobody Known', rows: 3, firstLine: 7 },
            { reason: 'line-skipped', field: 'userName', value: '#TYPE User', rows: 1, firstLine: 1 },
          ],
        }),
    },
  };
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <BridgeOverride value={bridge as unknown as Bridge}>
          <ImportProgress
            view={view}
            uploadFailure={null}
            progressFailure={null}
            onDone={() => undefined}
            onAgain={() => undefined}
            onConfirm={onConfirm}
            onUndo={onUndo}
            isBusy={false}
          />
        </BridgeOverride>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { onConfirm, onUndo };
}

it('a file that was read is applied only on confirmation of what it changes', async () => {
  const { onConfirm } = show(ready);
  await screen.findByText('The user name belongs to a person with another ID');
  expect(screen.getByTestId('import-mass').textContent).toContain('60 accounts are closed');
  expect((await screen.findByTestId('import-warnings')).textContent).toContain('Nobody Known');
  fireEvent.click(screen.getByText('Changed', { selector: 'span' }));
  await waitFor(() =>
    expect(screen.getByTestId('import-rows').textContent).toContain('Email: a•••@example.com → empty'),
  );
  expect(onConfirm).not.toHaveBeenCalled();
  fireEvent.click(screen.getByTestId('import-confirm'));
  expect(onConfirm).toHaveBeenCalledOnce();
});

it('a skipped line is listed without the name of a column', async () => {
  show(ready);
  const line = (await screen.findByText('#TYPE User')).closest('tr');
  expect(line?.textContent).toBe('#TYPE UserLine skipped because it is not an account11');
  expect(screen.getByText('Nobody Known').closest('tr')?.textContent).toMatch(/^Manager/u);
});

it('a file that changes nothing cannot be confirmed', () => {
  show({ ...ready, created: 0, changed: 0, held: 0, closed: 0, massChanges: [] });
  expect(screen.getByTestId<HTMLButtonElement>('import-confirm').disabled).toBe(true);
});

it('a finished import can be undone while the server says so', () => {
  const { onUndo } = show({ ...ready, state: 'finished', undoUntil: new Date().toISOString() });
  fireEvent.click(screen.getByTestId('import-undo'));
  expect(onUndo).toHaveBeenCalledOnce();
});

it('an undone import says what it did to how many accounts', async () => {
  show({ ...ready, state: 'undone', undone: { restored: 3, kept: 1 } });
  expect(await screen.findByText(/3 accounts were restored\. 1 account was not restored/)).toBeTruthy();
  await waitFor(() => expect(screen.getByTestId('import-rows').textContent).toContain('bo'));
  expect(screen.queryByTestId('import-undo')).toBeNull();
});
