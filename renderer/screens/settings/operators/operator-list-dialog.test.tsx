import { MantineProvider } from '@mantine/core';
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeAll, expect, it, vi } from 'vitest';
import { everyAccount } from '../../../../shared/api/operator.ts';
import type { OperatorListRow } from '../../../../shared/api/operator-list.ts';
import type { Bridge } from '../../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../../bridge/console-bridge.ts';
import { setUpTexts } from '../../../texts/set-up-texts.ts';
import { OperatorListDialog } from './operator-list-dialog.tsx';

beforeAll(() => setUpTexts());

const good: OperatorListRow = {
  line: 2,
  displayName: 'Lea One',
  userName: 'lea',
  email: 'lea@example.com',
  roles: ['operator'],
  scope: { ...everyAccount, departments: ['Sales'] },
  problem: null,
  detail: null,
};
const bad: OperatorListRow = {
  ...good,
  line: 3,
  userName: 'max',
  roles: [],
  problem: 'role-unknown',
  detail: 'Boss',
};

it('shows the problem of each row and invites only the others', async () => {
  const readList = vi.fn<(input: unknown) => Promise<unknown>>(() =>
    Promise.resolve({ ok: true, value: { rows: [good, bad], columns: {}, isCut: false } }),
  );
  const inviteList = vi.fn<(input: unknown) => Promise<unknown>>(() =>
    Promise.resolve({ ok: true, value: { invited: [{ userName: 'lea' }], refused: [] } }),
  );
  const onDone = vi.fn<(message: string) => void>();
  render(
    <MantineProvider>
      <BridgeOverride value={{ operators: { readList, inviteList } } as unknown as Bridge}>
        <OperatorListDialog run={(call) => call()} onDone={onDone} onClose={() => undefined} />
      </BridgeOverride>
    </MantineProvider>,
  );
  const choose = await screen.findByTestId('operator-list-choose');
  const input = document.querySelector<HTMLInputElement>('input[type=file]');
  expect(choose).toBeTruthy();
  const file = new File(['name;email'], 'desk.csv');
  await act(async () => fireEvent.change(input ?? choose, { target: { files: [file] } }));
  await waitFor(() => {
    expect(screen.getByTestId('operator-list-count').textContent).toContain('1 of 2');
  });
  expect(readList).toHaveBeenCalledWith({ body: { file: btoa('name;email') } });
  expect(screen.getByTestId('operator-list-rows').textContent).toContain('Unknown role: Boss');
  await act(async () => fireEvent.click(screen.getByTestId('operator-list-invite')));
  const { displayName, userName, email, roles } = good;
  expect(inviteList).toHaveBeenCalledWith({
    body: {
      operators: [
        { displayName, userName, email, roles, scope: { ...everyAccount, departments: ['Sales'] } },
      ],
    },
  });
  expect(onDone).toHaveBeenCalledWith('The invitation of 1 operator is being sent.');
});
