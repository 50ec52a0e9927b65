import { MantineProvider } from '@mantine/core';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import type { UpdateState } from '../../../shared/bridge/update-state.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { UnsavedProvider, useUnsaved } from '../../parts/unsaved/unsaved.tsx';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { UpdatesSection } from './updates-settings.tsx';

beforeAll(() => setUpTexts());
afterEach(cleanup);

const ready: UpdateState = {
  mode: 'notify',
  stage: 'ready',
  installed: '1.0.0',
  version: '1.1.0',
  notes: null,
  failure: null,
  replacesItself: true,
};

function MailForm({ isUnsaved }: { readonly isUnsaved: boolean }) {
  useUnsaved('Email', isUnsaved);
  return null;
}

/** The section with a prepared version, beside a form. `isBusy`: main refuses a restart. */
async function show({ isBusy = false, isUnsaved = false }) {
  const listeners = new Map<string, (value: unknown) => void>();
  let asked = 0;
  const bridge = {
    app: {
      updates: async () => ({ ok: true, value: ready }),
      restartToUpdate: async () => {
        asked += 1;
        return isBusy ? { ok: false, failure: { code: 'update.busy' } } : { ok: true, value: null };
      },
    },
    on: (event: string, listener: (value: unknown) => void) => {
      listeners.set(event, listener);
      return () => undefined;
    },
  };
  render(
    <MantineProvider>
      <BridgeOverride value={bridge as unknown as Bridge}>
        <UnsavedProvider>
          <MailForm isUnsaved={isUnsaved} />
          <UpdatesSection />
        </UnsavedProvider>
      </BridgeOverride>
    </MantineProvider>,
  );
  fireEvent.click(await screen.findByTestId('settings-updates-restart'));
  return { asked: () => asked, tell: (event: string, value: unknown) => listeners.get(event)?.(value) };
}

describe('Restart now', () => {
  it('says that a case is open, until the restart is offered again', async () => {
    const { tell } = await show({ isBusy: true });
    expect((await screen.findByRole('alert')).textContent).toContain('One of your cases is still open.');
    act(() => tell('notice', { kind: 'update-ready', detail: '1.1.0' }));
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('asks before it discards unsaved settings', async () => {
    const { asked } = await show({ isUnsaved: true });
    expect(screen.getByText('You have unsaved changes: Email.')).toBeTruthy();
    expect(asked()).toBe(0);
    fireEvent.click(screen.getByTestId('unsaved-discard'));
    expect(asked()).toBe(1);
  });
});
