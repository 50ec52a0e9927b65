import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeAll, expect, it, vi } from 'vitest';
import type { ImportView } from '../../../shared/api/import-view.ts';
import type { Bridge, Value } from '../../../shared/bridge/contract.ts';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { ImportScreen } from './import-screen.tsx';

beforeAll(() => setUpTexts());

const waiting = {
  id: 'i1',
  fileName: 'people.csv',
  state: 'waiting',
  bytesTotal: 100,
  bytesRead: 0,
  rows: 0,
  created: 0,
  changed: 0,
  unchanged: 0,
  refused: 0,
  held: 0,
  closed: 0,
  source: 'file',
  complete: false,
  applied: 0,
  counts: null,
  massChanges: [],
  undoUntil: null,
  undone: null,
  startedAt: new Date().toISOString(),
  endedAt: null,
  failure: null,
} satisfies ImportView;

const ok = <T,>(value: T): Promise<Result<T>> => Promise.resolve({ ok: true, value });
const failed = (failure: Failure): Promise<Result<never>> => Promise.resolve({ ok: false, failure });

interface Server {
  readonly progress: () => Promise<Result<ImportView>>;
  readonly upload: () => Promise<Result<Value<'imports', 'upload'>>>;
  readonly cancel: () => Promise<Result<ImportView>>;
}

/** Starts the import of the samples, whose progress is followed like any other. */
function startImport(server: Partial<Server> = {}) {
  const onDone = vi.fn<() => void>();
  const bridge = {
    imports: {
      samples: () => ok(waiting),
      progress: () => ok(waiting),
      upload: () => ok({ isRunning: true, failure: null }),
      ...server,
    },
  };
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <BridgeOverride value={bridge as unknown as Bridge}>
          <ImportScreen onDone={onDone} />
        </BridgeOverride>
      </QueryClientProvider>
    </MantineProvider>,
  );
  fireEvent.click(screen.getByTestId('import-samples'));
  return onDone;
}

it('an import whose file a proxy refuses ends on the screen though the server still waits', async () => {
  const onDone = startImport({
    upload: () => ok({ isRunning: false, failure: { code: 'proxy.too-large', detail: '413' } }),
  });
  await screen.findByText(/A proxy in front of the server refuses requests of this size/);
  expect(screen.getByText('The import stopped')).toBeTruthy();
  expect(screen.queryByRole('progressbar')).toBeNull();
  fireEvent.click(screen.getByTestId('import-done'));
  expect(onDone).toHaveBeenCalled();
});

it('an import whose progress cannot be read can be left', async () => {
  const cancel = vi.fn<Server['cancel']>(() => failed({ code: 'server.timeout' }));
  const onDone = startImport({ progress: () => failed({ code: 'server.unreachable' }), cancel });
  await screen.findByText(/The server is not responding/);
  fireEvent.click(screen.getByTestId('import-cancel'));
  await waitFor(() => expect(cancel).toHaveBeenCalledWith({ params: { importId: 'i1' } }));
  await screen.findByText(/took too long/);
  fireEvent.click(screen.getByTestId('import-leave'));
  expect(onDone).toHaveBeenCalled();
});

it('a running import can be cancelled from the first moment', async () => {
  startImport({ progress: () => new Promise(() => undefined) });
  expect(await screen.findByTestId('import-cancel')).toBeTruthy();
});
