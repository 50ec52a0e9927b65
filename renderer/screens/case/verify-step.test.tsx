import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { CaseView } from '../../../shared/api/case.ts';
import type { CheckView } from '../../../shared/api/check.ts';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { caseTexts } from '../../texts/en/case.ts';
import { VerifyStep } from './verify-step.tsx';

const check = (kind: CheckView['kind'], more: Partial<CheckView> = {}): CheckView => ({
  kind,
  factor: 'possession',
  points: 60,
  destination: null,
  person: null,
  digits: 6,
  obstacle: null,
  attempt: null,
  ...more,
});
const at = new Date().toISOString();
const because = (reason: NonNullable<CheckView['obstacle']>['reason']) => ({
  reason,
  since: null,
  until: null,
});
const settled = {
  id: 'k1',
  state: 'locked',
  triesLeft: 0,
  expiresAt: at,
  settledAt: at,
} as CheckView['attempt'];

beforeAll(async () => {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    interpolation: { escapeValue: false },
    resources: { en: { translation: { case: caseTexts } } },
  });
});
afterEach(cleanup);

/** Renders the step and returns the kinds of the started checks. */
function verify(checks: readonly CheckView[]): string[] {
  const started: string[] = [];
  const bridge = {
    cases: {
      startCheck: ({ body }: { body: { kind: string } }) => {
        started.push(body.kind);
        return new Promise(() => undefined);
      },
    },
    on: () => () => undefined,
  } as unknown as Bridge;
  const assurance = { earned: 0, needed: 60, met: false, missing: { points: 60, factors: 1 }, closing: [] };
  const account = { directory: 'built-in' };
  const view = { id: 'c1', account, checks, assurance } as unknown as CaseView;
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <BridgeOverride value={bridge}>
          <VerifyStep view={view} onCase={() => undefined} />
        </BridgeOverride>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return started;
}

it('folds unusable checks into one line and numbers the usable ones', () => {
  const started = verify([
    check('texted-code', { obstacle: because('no-phone') }),
    check('emailed-code', { obstacle: because('locked-for-case'), attempt: settled }),
    check('authenticator-code', { obstacle: because('not-enrolled') }),
    check('in-person'),
  ]);
  expect(screen.queryByText('No phone number on file')).toBeNull();
  expect(screen.getByText('Emailed code')).toBeTruthy();
  const line = screen.getByRole('button', { name: '2 cannot be used now: texted code, authenticator' });
  fireEvent.click(line);
  expect(screen.getByText('No phone number on file')).toBeTruthy();
  fireEvent.keyDown(document.body, { key: '1' });
  fireEvent.keyDown(document.body, { key: '2' });
  expect(started).toEqual(['in-person']);
});

it('shows the reasons at once if no check can be used', () => {
  verify([check('texted-code', { obstacle: because('no-phone') })]);
  expect(screen.getByText('No phone number on file')).toBeTruthy();
  expect(screen.queryByRole('button', { name: /cannot be used/ })).toBeNull();
});
