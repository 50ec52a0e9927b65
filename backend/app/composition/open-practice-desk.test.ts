import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { defaultPolicy } from '../../../shared/api/policy.ts';
import { approverSession, staffRow } from '../../drill/invented-staff.ts';
import type { PracticeDesk } from '../../drill/practice-desk.ts';
import { runSweeps } from '../../scheduling/sweeps.ts';
import type { Origin } from '../../store/append-event.ts';
import { composeBackend } from './compose-backend.ts';
import { openFoundation } from './foundation.ts';
import { openPracticeDeskForTest } from './open-practice-desk-for-test.ts';

const day = 24 * 3_600_000;
const clock = { at: 0 };
const now = () => clock.at;
let practice: PracticeDesk;

beforeEach(async () => {
  clock.at = Date.parse('2026-03-01T09:00:00Z');
  practice = await openPracticeDeskForTest(now, { version: 7, document: defaultPolicy });
});
afterEach(() => practice.close());

it('a drill’s desk runs the sweeps of the real desk that concern a drill', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'reset-desk-'));
  const foundation = await openFoundation({
    dataFolder,
    host: '127.0.0.1',
    port: 0,
    mode: 'server',
    version: '0.0.0-test',
    log: () => undefined,
    now,
  });
  const real = composeBackend(foundation);
  expect(Object.keys(real.sweeps)).toEqual([
    ...Object.keys(practice.sweeps),
    'drills',
    'protectedChanges',
    'serverCommands',
  ]);
  await real.stop();
  await rm(dataFolder, { recursive: true });
});

it("drops old 'This was not me' links on a drill's desk", async () => {
  const session = approverSession(now());
  const { id, displayName: name } = session.operator;
  const origin: Origin = { actor: { kind: 'operator', id, name }, clientAddress: null, client: null };
  const call = { session, origin, stream: null, idempotencyKey: null, gone: new AbortController().signal };
  const { db } = practice.store;
  const account = await db
    .selectFrom('accounts')
    .select('id')
    .where('email', 'is not', null)
    .executeTakeFirstOrThrow();
  await practice.store.writeUnaudited((tx) =>
    tx.insertInto('operators').values(staffRow(session.operator, now())).execute(),
  );
  const opened = await practice.handlers.openCase({
    ...call,
    params: undefined,
    query: undefined,
    body: { accountId: account.id },
  });
  await practice.handlers.refuseCase({
    ...call,
    params: { caseId: opened.id },
    query: undefined,
    body: { reason: 'suspicious' },
  });
  const links = async () => (await db.selectFrom('not_me_links').selectAll().execute()).length;

  await runSweeps(practice.sweeps);
  expect(await links()).toBe(1);
  clock.at += 31 * day;
  await runSweeps(practice.sweeps);
  expect(await links()).toBe(0);
});

it('follows the policy that was in force on the real desk when the drill began, under the same version', async () => {
  const { version, document } = await practice.store.db
    .selectFrom('policies')
    .select(['version', 'document'])
    .executeTakeFirstOrThrow();
  expect({ version, document: JSON.parse(document) as unknown }).toEqual({
    version: 7,
    document: defaultPolicy,
  });
});
