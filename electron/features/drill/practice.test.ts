import { beforeEach, expect, test } from 'vitest';
import type { Endpoint } from '../../../shared/api/endpoint.ts';
import { createVault } from '../handover/vault.ts';
import type { Session } from '../session/session.ts';
import { createPractice } from './practice.ts';

const reset = { id: 'r1', validUntil: '2026-03-01T10:00:00.000Z' };
let asked: { path: string; params: unknown }[];
let practice: ReturnType<typeof createPractice>;

beforeEach(() => {
  asked = [];
  const answers: Record<string, unknown> = {
    beginDrill: { id: 'd1' },
    listDrills: { finished: [], running: null },
    'practise-reset': { reset, temporaryPassword: 'kofi-9-planet' },
    'practise-recordReveal': { at: '2026-03-01T09:00:00.000Z' },
  };
  const call = (endpoint: Endpoint, input: { params?: unknown }) => {
    asked.push({ path: endpoint.path, params: input.params });
    return Promise.resolve(answers[endpoint.id] ?? {});
  };
  practice = createPractice({
    session: { call: call as unknown as Session['call'], isLocked: () => false },
    vault: createVault(() => Date.parse('2026-03-01T09:00:00Z')),
    clipboard: {} as Parameters<typeof createPractice>[0]['clipboard'],
    now: () => Date.parse('2026-03-01T09:00:00Z'),
  });
});

test('without a drill no practised call goes out at all', async () => {
  await expect(practice.handlers.practiceCases.get({ params: { caseId: 'c1' } })).rejects.toMatchObject({
    code: 'drill.not-found',
  });
  expect(asked).toEqual([]);
});

test('in a drill every practised call goes below it', async () => {
  await practice.handlers.drills.begin({ body: { size: 'short', scene: 'calm' } });
  asked = [];
  await practice.handlers.practiceCases.get({ params: { caseId: 'c1' } });
  await practice.handlers.practiceAccounts.search({ query: { q: 'anna', limit: 20 } });
  const grant = { grantId: 'g1', action: 'temporary-password', attempt: 'attempt-1' } as const;
  await practice.handlers.practiceResets.reset({ caseId: 'c1', ...grant } as never);
  await practice.handlers.practiceHandover.reveal({ resetId: 'r1' });
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

test('the end of a call and of a session take the invented password away', async () => {
  await practice.handlers.drills.begin({ body: { size: 'short', scene: 'calm' } });
  const grant = { grantId: 'g1', action: 'temporary-password', attempt: 'attempt-1' } as const;
  for (const end of [
    () => practice.handlers.drills.endCall(null),
    () => practice.handlers.drills.leave(null),
  ]) {
    await practice.handlers.practiceResets.reset({ caseId: 'c1', ...grant } as never);
    await end();
    await expect(practice.handlers.practiceHandover.reveal({ resetId: 'r1' })).rejects.toMatchObject({
      code: expect.stringMatching(/secret.gone|drill.not-found/),
    });
  }
});
