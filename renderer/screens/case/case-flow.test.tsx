import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CaseView } from '../../../shared/api/case.ts';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import { caseTexts } from '../../texts/en/case.ts';
import { handoverTexts } from '../../texts/en/handover.ts';
import { timelineTexts } from '../../texts/en/timeline.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { CaseScreen } from './case-screen.tsx';
import { firstView } from './case-view-for-test.ts';

const at = new Date().toISOString();
const later = new Date(Date.now() + 3_600_000).toISOString();
const secret = 'kiv-mo7ra-Tel';

const metByCode: CaseView['assurance'] = {
  earned: 60,
  needed: 60,
  factors: { earned: ['possession'], needed: 1 },
  met: true,
  missing: { points: 0, factors: 0 },
  closing: [],
};

/** A scripted backend: one right code, one reset for each attempt, and a password that it answers only on request. */
function scriptedConsole() {
  let view = firstView();
  const attempts = new Set<string>();
  const calls: string[] = [];
  const conceals = new Set<(value: { why: 'blur' }) => void>();
  const ok = async <T,>(name: string, value: T) => {
    calls.push(name);
    return { ok: true as const, value };
  };
  const attempt = (state: 'pending' | 'passed', triesLeft: number) => ({
    id: 'k1',
    state,
    startedAt: at,
    expiresAt: later,
    settledAt: null,
    triesLeft,
    delivery: 'accepted' as const,
    deliveryAnswer: null,
    readInOutbox: [],
    nextAttemptAt: null,
    resent: 0,
    asked: [],
  });
  const withAttempt = (state: 'pending' | 'passed', triesLeft: number) => {
    view = {
      ...view,
      checks: view.checks.map((check) => ({ ...check, attempt: attempt(state, triesLeft) })),
    };
  };
  const bridge = {
    accounts: { timeline: () => ok('timeline', { entries: [], more: false }) },
    cases: {
      get: () => ok('get', view),
      startCheck: () => {
        withAttempt('pending', 3);
        return ok('startCheck', { case: view, callNumber: null });
      },
      answerCheck: ({ body }: { body: { code: string } }) => {
        const right = body.code === '419203';
        withAttempt(right ? 'passed' : 'pending', right ? 3 : 2);
        if (right) view = { ...view, assurance: metByCode };
        return ok('answerCheck', { outcome: right ? 'passed' : 'wrong', case: view });
      },
      deliveryChoices: () =>
        ok('deliveryChoices', {
          credentials: [{ credential: 'password', obstacle: null }],
          modes: [
            { mode: 'spoken', obstacle: null },
            { mode: 'sealed', obstacle: null },
          ],
          mode: 'spoken',
          channels: [{ channel: 'mail', sentTo: 'm•••r@example.com', obstacle: null }],
          channel: 'mail',
          fates: ['dies-now', 'works-until-used'],
          fate: 'works-until-used',
        }),
      mintGrant: () =>
        ok('mintGrant', { id: 'g1', action: 'temporary-password', mintedAt: at, expiresAt: later }),
    },
    resets: {
      reset: (args: { attempt: string }) => {
        attempts.add(args.attempt);
        view = {
          ...view,
          resets: [
            {
              id: 'r1',
              action: 'temporary-password',
              state: 'done',
              secretLost: false,
              at,
              validUntil: later,
              sessionsEnded: 2,
              unlocked: false,
              secretBits: 82,
              secretStyle: 'groups',
              deliveryMode: 'spoken',
              oldPassword: 'dies-now',
              sentTo: null,
              sentBy: null,
              delivery: null,
              deliveryAnswer: null,
              nextAttemptAt: null,
              resent: 0,
              handedOverAt: null,
              use: 'none',
            },
          ],
        };
        return ok('reset', { reset: view.resets[0], secretHeld: true });
      },
    },
    handover: {
      reveal: () => ok('reveal', { value: secret, concealAt: new Date(Date.now() + 60_000).toISOString() }),
      conceal: () => ok('conceal', null),
      forget: () => ok('forget', null),
      done: () => ok('done', null),
    },
    on: (event: string, listener: (value: { why: 'blur' }) => void) => {
      if (event === 'concealSecrets') conceals.add(listener);
      return () => conceals.delete(listener);
    },
  } as unknown as Bridge;
  return {
    bridge,
    calls,
    attempts,
    concealAll: () => conceals.forEach((listener) => listener({ why: 'blur' })),
  };
}

beforeAll(async () => {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    interpolation: { escapeValue: false },
    resources: {
      en: { translation: { case: caseTexts, handover: handoverTexts, timeline: timelineTexts } },
    },
  });
});
afterEach(cleanup);

function openScreen() {
  const script = scriptedConsole();
  const client = new QueryClient();
  let left = 0;
  render(
    <MantineProvider>
      <QueryClientProvider client={client}>
        <BridgeOverride value={script.bridge}>
          <CaseScreen
            caseId="c1"
            onLeave={() => {
              left += 1;
            }}
          />
        </BridgeOverride>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { ...script, client, left: () => left };
}
const press = (key: string, options = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...options });
async function typeCode(code: string) {
  for (const [index, digit] of [...code].entries())
    fireEvent.change(await screen.findByLabelText(`Digit ${index + 1} of 6`), { target: { value: digit } });
}
async function toHandover() {
  await screen.findByText('Marlene Okafor');
  press('1');
  await typeCode('419203');
  await screen.findByRole('button', { name: 'Reset password' });
  press('Enter');
  await screen.findByText('Reset the password of Marlene Okafor?');
  const confirm = screen
    .getAllByRole('button', { name: 'Reset password' })
    .find((button) => button.getAttribute('type') === 'submit');
  fireEvent.click(confirm as HTMLElement);
  fireEvent.click(confirm as HTMLElement);
  await screen.findByRole('button', { name: 'Hold to show' });
}

describe('a case by keyboard', () => {
  it('goes from the check to the next caller with one reset for two presses', async () => {
    const { calls, attempts, left } = openScreen();
    await toHandover();
    expect(calls.filter((name) => name === 'reset')).toHaveLength(1);
    expect(attempts.size).toBe(1);
    press(' ');
    await waitFor(() => expect(document.body.textContent).toContain(secret));
    fireEvent.keyUp(window, { key: ' ' });
    await waitFor(() => expect(document.body.textContent).not.toContain(secret));
    press('Enter');
    await waitFor(() => expect(left()).toBe(1));
  });

  it('leaves a concealed password neither in the page nor in the query cache', async () => {
    const { client, concealAll } = openScreen();
    await toHandover();
    press(' ');
    await waitFor(() => expect(document.body.textContent).toContain(secret));
    act(() => concealAll());
    expect(document.body.textContent).not.toContain(secret);
    expect(document.body.textContent).not.toContain('K as in Kilo');
    expect(
      JSON.stringify(
        client
          .getQueryCache()
          .getAll()
          .map((query) => query.state),
      ),
    ).not.toContain(secret);
  });

  it('accepts the next code after a wrong one', async () => {
    openScreen();
    await screen.findByText('Marlene Okafor');
    press('1');
    await typeCode('000000');
    expect(await screen.findByText('The code was wrong. 2 tries left.')).toBeTruthy();
    await typeCode('419203');
    expect(await screen.findByText('60 of 60 points: emailed code')).toBeTruthy();
  });

  it('ignores a held Enter', async () => {
    const { calls } = openScreen();
    await screen.findByText('Marlene Okafor');
    press('1');
    await typeCode('419203');
    await screen.findByRole('button', { name: 'Reset password' });
    press('Enter', { repeat: true });
    expect(calls).not.toContain('mintGrant');
  });
});
