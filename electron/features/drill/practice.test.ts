import { beforeEach, expect, test } from 'vitest';
import type { Endpoint } from '../../../shared/api/endpoint.ts';
import { createExpiringMap } from '../../../shared/expiring-map/expiring-map.ts';
import { joinGroups } from '../../../shared/bridge/join-groups.ts';
import { passThroughHandlers } from '../../bridge/pass-through.ts';
import type { Session } from '../session/session.ts';
import { createPractice } from './practice.ts';

const reset = { id: 'r1', validUntil: '2026-03-01T10:00:00.000Z' };
let asked: { path: string; params: unknown }[];
let handlers: ReturnType<typeof openPractice>;

/** All handlers of a console. Those of the real desk and those of a drill reach the same backend. */
function openPractice() {
  asked = [];
  const answers: Record<string, unknown> = {
    beginDrill: { id: 'd1' },
    listDrills: { finished: [], running: null },
    'practise-reset': { reset, temporaryPassword: 'kofi-9-planet' },
    'practise-recordReveal': { at: '2026-03-01T09:00:00.000Z' },
  };
  const call = ((endpoint: Endpoint, input: { params?: unknown }) => {
    asked.push({ path: endpoint.path, params: input.params });
    return Promise.resolve(answers[endpoint.id] ?? {});
  }) as unknown as Session['call'];
  const practice = createPractice({
    session: { call, isLocked: () => false },
    vault: createExpiringMap(() => Date.parse('2026-03-01T09:00:00Z')),
    clipboard: {} as Parameters<typeof createPractice>[0]['clipboard'],
    now: () => Date.parse('2026-03-01T09:00:00Z'),
  });
  return joinGroups(practice.handlers, passThroughHandlers(call, practice.call));
}

beforeEach(() => {
  handlers = openPractice();
});

test('sends no practised call to the backend without a drill', async () => {
  await expect(handlers.practiceCases.get({ params: { caseId: 'c1' } })).rejects.toMatchObject({
    code: 'drill.not-found',
  });
  expect(asked).toEqual([]);
});

test('sends every practised call to the running drill', async () => {
  await handlers.drills.begin({ body: { size: 'short', scene: 'calm' } });
  asked = [];
  await handlers.practiceCases.get({ params: { caseId: 'c1' } });
  await handlers.practiceAccounts.search({ query: { q: 'anna', limit: 20 } });
  const grant = { grantId: 'g1', action: 'temporary-password', attempt: 'attempt-1' } as const;
  await handlers.practiceResets.reset({ caseId: 'c1', ...grant } as never);
  await handlers.practiceHandover.reveal({ resetId: 'r1' });
  expect(asked.map(({ path }) => path.startsWith('/drills/:drillId/desk/'))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(asked.map(({ params }) => params)).toEqual([
    { caseId: 'c1', drillId: 'd1' },
    { drillId: 'd1' },
    { caseId: 'c1', drillId: 'd1' },
    { resetId: 'r1', drillId: 'd1' },
  ]);
});

test('sends a call that is not practised to the real desk', async () => {
  await handlers.drills.begin({ body: { size: 'short', scene: 'calm' } });
  asked = [];
  await handlers.cases.get({ params: { caseId: 'c1' } });
  expect(asked).toEqual([{ path: '/cases/:caseId', params: { caseId: 'c1' } }]);
});

test('forgets the temporary password when a call or the drill ends', async () => {
  await handlers.drills.begin({ body: { size: 'short', scene: 'calm' } });
  const grant = { grantId: 'g1', action: 'temporary-password', attempt: 'attempt-1' } as const;
  for (const end of [() => handlers.drills.endCall(null), () => handlers.drills.leave(null)]) {
    await handlers.practiceResets.reset({ caseId: 'c1', ...grant } as never);
    await end();
    await expect(handlers.practiceHandover.reveal({ resetId: 'r1' })).rejects.toMatchObject({
      code: expect.stringMatching(/secret.gone|drill.not-found/),
    });
  }
});

test('gives a new drill nothing of the one before', async () => {
  const begin = () => handlers.drills.begin({ body: { size: 'short', scene: 'calm' } });
  await begin();
  const grant = { grantId: 'g1', action: 'temporary-password', attempt: 'attempt-1' } as const;
  const leave = () => handlers.drills.leave(null);
  for (const end of [leave, () => Promise.resolve()]) {
    await handlers.practiceResets.reset({ caseId: 'c1', ...grant } as never);
    await end();
    await begin();
    asked = [];
    await expect(handlers.practiceHandover.reveal({ resetId: 'r1' })).rejects.toMatchObject({
      code: 'secret.gone',
    });
    expect(asked).toEqual([]);
  }
});
