import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { DirectorySignInView } from '../../../../shared/api/directory-sign-in.ts';
import { everyAccount } from '../../../../shared/api/operator.ts';
import type { Bridge } from '../../../../shared/bridge/contract.ts';
import type { Failure } from '../../../../shared/errors/result.ts';
import { BridgeOverride } from '../../../bridge/console-bridge.ts';
import { setUpTexts } from '../../../texts/set-up-texts.ts';
import { DirectorySignInSection } from './directory-sign-in-section.tsx';

const directoryId = '5d0c8f51-4b1e-4f6f-9d8e-0a4f6f1f2a10';
const stored: DirectorySignInView = {
  enabled: false,
  directoryId: null,
  roles: ['second', 'third'].map((name) => ({
    group: `cn=${name},dc=example,dc=com`,
    role: 'approver' as const,
  })),
  scope: everyAccount,
  directories: [{ id: directoryId, name: 'Head office' }],
  localAdministrators: ['Ann Example'],
};

let changed: unknown[];
let refusal: Failure | null;
beforeAll(() => setUpTexts());
beforeEach(() => {
  changed = [];
  refusal = null;
});

const show = (view: DirectorySignInView) => {
  const directorySignIn = {
    get: () => Promise.resolve({ ok: true, value: view }),
    change: ({ body }: { readonly body: unknown }) => {
      changed.push(body);
      if (refusal !== null) return Promise.resolve({ ok: false, failure: refusal });
      return Promise.resolve({ ok: true, value: view });
    },
  };
  const known = { operators: [], departments: ['Sales'], directories: [] };
  const operators = { list: () => Promise.resolve({ ok: true, value: known }) };
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider>
        <BridgeOverride value={{ directorySignIn, operators } as unknown as Bridge}>
          <DirectorySignInSection />
        </BridgeOverride>
      </MantineProvider>
    </QueryClientProvider>,
  );
};
const field = (name: string) => screen.findByTestId<HTMLInputElement>(`settings-directory-sign-in-${name}`);
const enter = async (name: string, value: string) => {
  const input = await field(name);
  await act(async () => fireEvent.change(input, { target: { value } }));
};

it('sends the directory and the groups of each role, without empty lines', async () => {
  show(stored);
  await enter('directoryId', directoryId);
  await enter('group-operator', 'cn=desk,dc=example,dc=com\n\n cn=night,dc=example,dc=com \n');
  expect((await field('group-approver')).value).toBe(
    'cn=second,dc=example,dc=com\ncn=third,dc=example,dc=com',
  );
  await act(async () => fireEvent.click(await field('enabled')));
  await act(async () => fireEvent.click(await field('save')));
  await waitFor(() =>
    expect(changed).toEqual([
      {
        enabled: true,
        directoryId,
        roles: [
          { group: 'cn=desk,dc=example,dc=com', role: 'operator' },
          { group: 'cn=night,dc=example,dc=com', role: 'operator' },
          { group: 'cn=second,dc=example,dc=com', role: 'approver' },
          { group: 'cn=third,dc=example,dc=com', role: 'approver' },
        ],
        scope: everyAccount,
      },
    ]),
  );
  expect((await field('message')).textContent).toBe('Saved.');
});

it('sends the scope of operators who are created at their first sign-in', async () => {
  show({ ...stored, scope: { ...everyAccount, tiers: ['standard'] } });
  await act(async () => fireEvent.click(await field('scope-departments')));
  await act(async () => fireEvent.click(await screen.findByText('Sales')));
  await act(async () => fireEvent.click(await field('save')));
  await waitFor(() =>
    expect(changed).toMatchObject([
      { scope: { departments: ['Sales'], tiers: ['standard'], directories: [] } },
    ]),
  );
});

it.each([
  ['body.scope.departments.0', 'Account scope of new operators'],
  ['body.roles.0.group', 'Groups'],
])('says which value is faulty at %s, since no field shows it', async (path, label) => {
  refusal = { code: 'request.invalid', fields: [{ path, message: 'Fill in this field.' }] };
  show(stored);
  await act(async () => fireEvent.click(await field('enabled')));
  await act(async () => fireEvent.click(await field('save')));
  expect((await screen.findByText(`${label}: Fill in this field.`)).closest('[role="alert"]')).not.toBeNull();
});

it('names the administrators who get in while the directory does not answer', async () => {
  show(stored);
  expect((await field('local')).textContent).toContain('Ann Example');
});

it('warns where no administrator would get in', async () => {
  show({ ...stored, localAdministrators: [] });
  expect((await field('local')).textContent).toContain('No administrator of all accounts');
});
