import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { SignInMethodsView } from '../../../shared/api/sign-in-methods.ts';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { firstView } from './case-view-for-test.ts';
import { SignInMethods } from './sign-in-methods.tsx';

const answer: SignInMethodsView = {
  methods: [
    { id: 'phone-1', kind: 'phone', label: '+49 ••• •••• 123', addedAt: '2026-05-04T10:00:00.000Z' },
    { id: 'later-1', kind: 'other', label: null, addedAt: null },
  ],
  obstacle: null,
  earned: 120,
  needed: 120,
};

let called: [string, unknown][];
beforeAll(() => setUpTexts());
beforeEach(() => {
  called = [];
});

const show = async (methods: SignInMethodsView) => {
  const note =
    (name: string, value: unknown) =>
    ({ body }: { readonly body?: unknown }) => {
      called.push([name, body]);
      return Promise.resolve({ ok: true, value });
    };
  const cases = {
    signInMethods: note('list', methods),
    mintGrant: note('mint', { id: 'grant-1' }),
    removeSignInMethod: note('remove', { ...methods, methods: [] }),
  };
  const fourEyes = { ask: note('ask', firstView()) };
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider>
        <BridgeOverride value={{ cases, fourEyes } as unknown as Bridge}>
          <SignInMethods view={firstView()} onCase={() => undefined} />
        </BridgeOverride>
      </MantineProvider>
    </QueryClientProvider>,
  );
  expect(called).toEqual([]);
  await click('case-methods-show');
};
const click = (testId: string) => act(async () => fireEvent.click(await screen.findByTestId(testId)));

it('are read when the operator asks for them, and one is removed after a confirmation', async () => {
  await show(answer);
  expect((await screen.findByTestId('case-method-phone')).textContent).toContain('+49 ••• •••• 123');
  await click('case-method-remove-phone');
  await click('reset-confirm');
  await waitFor(() =>
    expect(called.filter(([name]) => name !== 'list')).toEqual([
      ['mint', { action: 'remove-sign-in-method' }],
      ['remove', { grantId: 'grant-1', methodId: 'phone-1' }],
    ]),
  );
});

it('are not removed where the kind is unknown', async () => {
  await show(answer);
  await click('case-method-remove-other');
  expect(screen.queryByTestId('reset-confirm')).toBeNull();
});

it('say what is missing, and remove nothing', async () => {
  await show({ ...answer, obstacle: 'assurance', earned: 60 });
  expect((await screen.findByTestId('case-methods')).textContent).toContain('60 of the 120 points');
  await click('case-method-remove-phone');
  expect(screen.queryByTestId('reset-confirm')).toBeNull();
});

it('are asked for at an approver where an approval is needed', async () => {
  await show({ ...answer, obstacle: 'approval-needed' });
  await click('case-methods-ask');
  expect(called).toContainEqual(['ask', { action: 'remove-sign-in-method' }]);
});
