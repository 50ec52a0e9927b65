import { MantineProvider } from '@mantine/core';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { Help } from './help.tsx';

beforeAll(() => setUpTexts());
afterEach(cleanup);

function show(licences: string | null) {
  let navigate: (event: { to: string }) => void = () => undefined;
  const bridge = {
    app: { licences: async () => ({ ok: true, value: licences }) },
    on: (_name: string, listener: typeof navigate) => {
      navigate = listener;
      return () => undefined;
    },
  };
  render(
    <MantineProvider>
      <BridgeOverride value={bridge as unknown as Bridge}>
        <Help />
      </BridgeOverride>
    </MantineProvider>,
  );
  return (to: string) => act(async () => navigate({ to }));
}

describe('the Help menu', () => {
  it('opens the page for operators with links to other pages', async () => {
    const open = show(null);
    await open('documentation');
    const text = await screen.findByTestId('documentation-text');
    await waitFor(() => expect(text.textContent).toContain('One call, step by step'));
    fireEvent.change(screen.getByTestId('documentation-page'), { target: { value: 'administrators' } });
    await waitFor(() => expect(text.textContent).toContain('First day'));
    fireEvent.click(screen.getByRole('button', { name: 'imports' }));
    await waitFor(() => expect(text.textContent).toContain('Administrators import accounts from a file'));
  });

  it.each([
    ['of a package', 'Components of Reset Desk', 'licences-text', 'Components of Reset Desk'],
    ['that sources do not have', null, 'licences-missing', 'part of installed packages'],
  ])('shows the licences %s', async (_name, licences, shown, text) => {
    const open = show(licences);
    await open('licences');
    expect((await screen.findByTestId(shown)).textContent).toContain(text);
  });
});
