import { createRef, useState } from 'react';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { CaseView } from '../../../shared/api/case.ts';
import type { DrillView } from '../../../shared/api/drill.ts';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { firstView } from '../case/case-view-for-test.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { RunningDrill } from './running-drill.tsx';

const at = new Date().toISOString();
const later = new Date(Date.now() + 300_000).toISOString();
const talking: DrillView = {
  id: 'd1',
  seed: 1,
  scene: 'calm',
  callers: 3,
  number: 1,
  phase: 'talking',
  said: [],
  heard: null,
  takenAt: at,
  results: [],
  score: null,
};
const heard = { caseId: 'c1', checkId: 'k1', kind: 'emailed-code', code: '419203' } as const;

function withAttempt(state: 'pending' | 'passed'): CaseView {
  const view = firstView();
  const attempt: NonNullable<CaseView['checks'][number]['attempt']> = {
    id: 'k1',
    state,
    startedAt: at,
    expiresAt: later,
    settledAt: null,
    triesLeft: 3,
    delivery: 'accepted',
    deliveryAnswer: null,
    readInOutbox: [],
    asked: [],
  };
  return { ...view, checks: view.checks.map((check) => ({ ...check, attempt })) };
}

/** A desk whose answer to reading the case can be delayed. */
function scriptedDesk() {
  const typed: string[] = [];
  const desk = { slow: false };
  const ok = async <T,>(value: T) => ({ ok: true as const, value });
  const hit = {
    id: 'a1',
    userName: 'm.okafor',
    displayName: 'Marlene Okafor',
    department: null,
    employeeNumber: null,
    emailMasked: null,
    tier: 'standard',
    statuses: ['active'],
    marks: { userName: [], displayName: [], employeeNumber: [] },
    exact: null,
    matchedBy: [],
    directory: null,
    outOfScope: false,
  };
  const bridge = {
    accounts: {
      search: ({ query: { q } }: { query: { q: string } }) =>
        ok({ q, hits: [hit], more: false, accounts: 1 }),
      timeline: () => ok({ entries: [], more: false }),
    },
    cases: {
      open: () => ok(withAttempt('pending')),
      get: () => (desk.slow ? new Promise(() => undefined) : ok(withAttempt('pending'))),
      answerCheck: ({ body }: { body: { code: string } }) => {
        typed.push(body.code);
        return ok({ outcome: 'passed', case: withAttempt('passed') });
      },
    },
    on: () => () => undefined,
  } as unknown as Bridge;
  const drills = { ask: () => ok({ ...talking, heard }) } as unknown as Bridge['drills'];
  return { bridge, drills, desk, typed };
}

beforeAll(() => setUpTexts());
afterEach(cleanup);

it('enters a code that was just read out while the case is still being read', async () => {
  const { bridge, drills, desk, typed } = scriptedDesk();
  function Playing() {
    const [drill, setDrill] = useState(talking);
    return (
      <RunningDrill
        drill={drill}
        drills={drills}
        failure={null}
        search={createRef()}
        onStep={async (call) => {
          const answer = await call();
          if (answer.ok) setDrill(answer.value);
          return answer.ok;
        }}
        onLeave={() => undefined}
      />
    );
  }
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <BridgeOverride value={bridge}>
          <Playing />
        </BridgeOverride>
      </QueryClientProvider>
    </MantineProvider>,
  );
  const box = screen.getByRole('combobox');
  fireEvent.change(box, { target: { value: 'okafor' } });
  await screen.findByText('m.okafor', { exact: false });
  fireEvent.keyDown(box, { key: 'Enter' });
  await screen.findByRole('region', { name: 'Verify the caller' });
  desk.slow = true;
  fireEvent.keyDown(document.body, { key: 'k' });
  await screen.findByRole('button', { name: /^Type in 419 203/ });
  fireEvent.keyDown(document.body, { key: 'f' });
  await waitFor(() => expect(typed).toEqual(['419203']));
});
