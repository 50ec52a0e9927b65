import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { LinkedAccount } from '../../../shared/api/account-link.ts';
import type { CaseView } from '../../../shared/api/case.ts';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { caseTexts } from '../../texts/en/case.ts';
import { shellTexts } from '../../texts/en/shell.ts';
import { firstView } from './case-view-for-test.ts';
import { OtherAccounts, TakenOverNote } from './other-accounts.tsx';

const at = new Date().toISOString();
const linked: LinkedAccount = {
  linkId: 'l1',
  accountId: 'a2',
  directory: 'ldap',
  directoryName: 'Head office',
  userName: 'okaform',
  displayName: 'Marlene Okafor',
  tier: 'sensitive',
  statuses: ['locked'],
  why: 'employee-number',
  linkedAt: at,
  evidenceFrom: at,
  outOfScope: false,
};

beforeAll(async () => {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    interpolation: { escapeValue: false },
    resources: { en: { translation: { case: caseTexts } } },
  });
});
afterEach(cleanup);

/** Shows the accounts; answers the ids of the cases that were opened. */
function show(view: CaseView): { opened: string[]; asked: unknown[] } {
  const [opened, asked]: [string[], unknown[]] = [[], []];
  const bridge = {
    cases: {
      openLinked: (call: unknown) => {
        asked.push(call);
        return Promise.resolve({ ok: true, value: { ...view, id: 'c2' } });
      },
    },
    on: () => () => undefined,
  } as unknown as Bridge;
  render(
    <MantineProvider>
      <BridgeOverride value={bridge}>
        <OtherAccounts view={view} onOpenCase={(id) => opened.push(id)} />
        <TakenOverNote view={view} />
      </BridgeOverride>
    </MantineProvider>,
  );
  return { opened, asked };
}

it('lists the person’s other accounts with directory, state and reason, and opens a case about one', async () => {
  const { opened, asked } = show({ ...firstView(), otherAccounts: [linked] });
  const row = screen.getByTestId('case-other-account').textContent;
  for (const part of ['Head office: okaform', 'Locked', 'Sensitive', 'same employee number'])
    expect(row).toContain(part);
  fireEvent.click(screen.getByText('Also reset in Head office'));
  await waitFor(() => expect(opened).toEqual(['c2']));
  expect(asked).toEqual([{ params: { caseId: 'c1' }, body: { accountId: 'a2' } }]);
});

it('opens the case about the first account in the operator’s scope by the key O', async () => {
  const outside = { ...linked, linkId: 'l0', accountId: 'a0', outOfScope: true };
  const { opened, asked } = show({ ...firstView(), otherAccounts: [outside, linked] });
  fireEvent.keyDown(window, { key: 'o', code: 'KeyO' });
  await waitFor(() => expect(opened).toEqual(['c2']));
  expect(asked).toEqual([{ params: { caseId: 'c1' }, body: { accountId: 'a2' } }]);
  expect(Object.keys(shellTexts.keyList)).toContain('O');
});

it('offers no case about an account outside of the operator’s scope, or in an ended case', () => {
  show({ ...firstView(), otherAccounts: [{ ...linked, outOfScope: true }] });
  expect(screen.getByTestId('case-other-account').textContent).toContain('Outside your scope');
  expect(screen.queryByTestId('case-also-reset')).toBeNull();
  cleanup();
  const { asked } = show({ ...firstView(), state: 'closed', otherAccounts: [linked] });
  fireEvent.keyDown(window, { key: 'o', code: 'KeyO' });
  expect(screen.queryByTestId('case-also-reset')).toBeNull();
  expect(asked).toEqual([]);
});

it('says which checks of another case count, and why none do', () => {
  const takenOver = { caseId: 'c0', number: 41, userName: 'm.okafor' };
  show({ ...firstView(), takenOver: { ...takenOver, checks: ['emailed-code'] } });
  expect(screen.getByTestId('case-taken-over').textContent).toContain('Case 41 about m.okafor counts here');
  cleanup();
  show({ ...firstView(), takenOver: { ...takenOver, checks: [] } });
  expect(screen.getByTestId('case-taken-over').textContent).toContain('proves nothing here');
});
