import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultPolicy, type PolicyDocument } from '../../shared/api/policy.ts';
import { openPracticeDeskForTest } from '../app/composition/open-practice-desk-for-test.ts';
import type { Origin } from '../store/append-event.ts';
import { openSqlite } from '../store/open-sqlite.ts';
import { createStore, type Store } from '../store/store.ts';
import { createDrills, type Drills } from './drills.ts';
import { approverSession, staffRow } from './invented-staff.ts';

const start = Date.parse('2026-03-01T09:00:00Z');
const clock = { at: start };
const operator = { ...approverSession(start).operator, id: 'op-1', userNameKey: 'op-1', displayName: 'Olga' };
const session = { ...approverSession(start), operator };
const origin: Origin = {
  actor: { kind: 'operator', id: operator.id, name: operator.displayName },
  clientAddress: null,
  client: null,
};
let store: Store;
let document: PolicyDocument;
let drills: Drills;

beforeEach(async () => {
  clock.at = start;
  document = defaultPolicy;
  store = createStore(await openSqlite(':memory:'), () => clock.at);
  await store.writeUnaudited((tx) => tx.insertInto('operators').values(staffRow(operator, start)).execute());
  drills = createDrills({
    store,
    policy: { current: () => Promise.resolve({ version: 1, document }) },
    openDesk: (policy) => openPracticeDeskForTest(() => clock.at, policy),
    now: () => clock.at,
  });
});
afterEach(async () => {
  await drills.close();
  await store.close();
});

const actions = async () =>
  (await store.db.selectFrom('audit_events').select('action').orderBy('seq').execute()).map(
    ({ action }) => action,
  );

test('a drill that is idle for an hour ends without a score', async () => {
  const { id } = await drills.begin({ seed: 1, size: 'short' }, session, origin);
  clock.at += 59 * 60_000;
  await drills.sweep();
  expect(drills.view(id, session).phase).toBe('ringing');
  clock.at += 60 * 60_000;
  await drills.sweep();
  expect(() => drills.view(id, session)).toThrow('drill.not-found');
  expect(await actions()).toEqual(['drill.begun', 'drill.left']);
  expect((await drills.list(session)).finished).toEqual([]);
});

test('leaving a finished drill records no further event', async () => {
  const { id, callers } = await drills.begin({ seed: 2, size: 'short' }, session, origin);
  for (let call = 0; call < callers; call += 1) {
    await drills.takeCall(id, session);
    await drills.endCall(id, session, origin);
  }
  await drills.leave(id, session, origin);
  expect(await actions()).toEqual(['drill.begun', 'drill.finished']);
  const { finished, running } = await drills.list(session);
  expect(finished).toMatchObject([{ id, seed: 2, callers: 3 }]);
  expect(running).toBeNull();
});

test('a drill does not start under a policy that can verify no caller', async () => {
  document = { ...defaultPolicy, bars: { standard: 1000, sensitive: 1000, privileged: 1000 } };
  await expect(drills.begin({ size: 'full' }, session, origin)).rejects.toThrow('drill.not-possible');
  expect(await actions()).toEqual([]);
  expect((await drills.list(session)).running).toBeNull();
});

test('an operator practises on every invented account, with a proof that is always fresh', async () => {
  const scoped = {
    ...session,
    operator: { ...operator, scope: { departments: ['Sales'], tiers: [], directories: [] } },
    authenticatedAt: start - 24 * 3_600_000,
  };
  const { id } = await drills.begin({ seed: 1, size: 'short' }, scoped, origin);
  clock.at += 60_000;
  expect(drills.deskOf(id, scoped).session).toEqual({
    ...scoped,
    operator: { ...operator, scope: { departments: [], tiers: [], directories: [] } },
    authenticatedAt: clock.at,
  });
});
