import { readdir } from 'node:fs/promises';
import { expect } from 'vitest';
import { drawCallers, policyIn, type Caller } from '../../../backend/drill/callers.ts';
import { drillAccounts } from '../../../backend/drill/drill-accounts.ts';
import { openPracticeDeskForTest } from '../../../backend/app/composition/open-practice-desk-for-test.ts';
import type { CaseView } from '../../../shared/api/case.ts';
import type { CheckKind } from '../../../shared/api/check.ts';
import {
  drillSizes,
  type DrillQuestion,
  type DrillScene,
  type DrillView,
} from '../../../shared/api/drill.ts';
import { defaultPolicy } from '../../../shared/api/policy.ts';
import type { Member, StaffedDesk } from '../../backend/staffed-desk.ts';
import { sharedDeskTest } from '../../fixtures/api.ts';

/** Milliseconds. A whole drill takes a hundred calls and some password hashes, possibly on a busy machine. */
const timeout = 60_000;

/** Olga and Pia practise on one desk. `callersOf` returns the callers of a seed, computed independently of the backend. */
const test = sharedDeskTest
  .extend('olga', { scope: 'file' }, ({ staffedDesk }) =>
    staffedDesk.hire('olga', 'Olga Example', ['operator']),
  )
  .extend('pia', { scope: 'file' }, ({ staffedDesk }) =>
    staffedDesk.hire('pia', 'Pia Example', ['operator', 'approver']),
  )
  .extend(
    'callersOf',
    ({ backend }) =>
      async (seed: number, size: keyof typeof drillSizes, scene: DrillScene = 'calm'): Promise<Caller[]> => {
        const now = () => backend.clock.at;
        const policy = { version: 1, document: defaultPolicy };
        const practice = await openPracticeDeskForTest(now, policy);
        const rows = await practice.store.db.selectFrom('accounts').selectAll().execute();
        await practice.close();
        return drawCallers(
          seed,
          drillSizes[size],
          drillAccounts(rows, now()),
          policyIn(scene, defaultPolicy),
        );
      },
  );

/** An operator in a drill. */
async function practise(
  member: Member,
  seed: number,
  size: keyof typeof drillSizes,
  scene: DrillScene = 'calm',
) {
  const { body } = await member.call<DrillView>('POST', '/drills', { seed, size, scene });
  const path = `/drills/${body.id}`;
  const post = async <T>(rest: string, sent: object = {}, headers = {}) =>
    member.call<T>('POST', `${path}${rest}`, sent, headers);
  const ask = async (question: DrillQuestion) => (await post<DrillView>('/ask', { question })).body;
  const attemptOf = (view: CaseView, kind: CheckKind) =>
    view.checks.find((check) => check.kind === kind)?.attempt;
  const view = async (caseId: string) =>
    (await member.call<CaseView>('GET', `${path}/desk/cases/${caseId}`)).body;
  /** Does one check correctly, and returns the case after it. */
  const check = async (caseId: string, kind: CheckKind): Promise<CaseView> => {
    const started = (await post<{ case: CaseView }>(`/desk/cases/${caseId}/checks`, { kind })).body.case;
    const answer = (sent: object) =>
      post(`/desk/cases/${caseId}/checks/${attemptOf(started, kind)?.id}/answer`, { kind, ...sent });
    if (kind === 'managers-word') await ask('manager');
    else if (kind === 'call-back') {
      await ask('call-back');
      await answer({ outcome: 'confirmed', note: 'Knew of the call.' });
    } else if (kind === 'in-person') {
      await ask('badge');
      const badge = { where: 'live-video', badge: 'staff-badge', lastCharacters: '7K2F' };
      await answer({ outcome: 'recognised', note: 'The photo fits.', ...badge });
    } else {
      for (let tries = 0; tries < 2; tries += 1) {
        const { heard } = await ask('code');
        if (heard !== null) await answer({ code: heard.code });
        if (attemptOf(await view(caseId), kind)?.state === 'passed') break;
      }
    }
    return view(caseId);
  };
  return {
    begun: body,
    path,
    post,
    ask,
    check,
    /** The accounts of each desk have their own ids. */
    open: async ({ account }: Caller) => {
      const found = `${path}/desk/accounts?q=${encodeURIComponent(account.userName)}`;
      const { hits } = (await member.call<{ hits: { id: string; userName: string }[] }>('GET', found)).body;
      const accountId = hits.find(({ userName }) => userName === account.userName)?.id;
      return (await post<CaseView>('/desk/cases', { accountId })).body;
    },
    reset: async (caseId: string) => {
      const action = 'temporary-password';
      const grant = await post<{ id: string }>(`/desk/cases/${caseId}/grants`, { action });
      return post<{ reset: CaseView['resets'][number]; temporaryPassword: string; code?: string }>(
        `/desk/cases/${caseId}/resets`,
        { grantId: grant.body.id, action },
        { 'idempotency-key': `drill.${caseId}` },
      );
    },
  };
}
type Practice = Awaited<ReturnType<typeof practise>>;

/** Serves a caller as a good operator does. */
async function serve(drill: Practice, caller: Caller): Promise<DrillView> {
  await drill.post('/take-call');
  let view = await drill.open(caller);
  if (!caller.persona.honest) await drill.post(`/desk/cases/${view.id}/refuse`, { reason: 'suspicious' });
  else {
    if (caller.persona.kind === 'wants-proof') await drill.post(`/desk/cases/${view.id}/phrase`);
    for (const kind of caller.passes) {
      if (!view.assurance.met) view = await drill.check(view.id, kind);
    }
    if (view.approval.needed.length > 0)
      await drill.post(`/desk/cases/${view.id}/approvals`, { action: 'temporary-password' });
    const { body } = await drill.reset(view.id);
    // A sealed password cannot be shown.
    if (body.reset.deliveryMode === 'spoken')
      await drill.post(`/desk/resets/${body.reset.id}/reveals`, { way: 'shown' });
    await drill.post(`/desk/resets/${body.reset.id}/hand-over`);
  }
  return (await drill.post<DrillView>('/end-call')).body;
}

/** The content of the real database, except for the last use of sessions and the signatures under the audit log. */
async function contents(backend: StaffedDesk['backend']) {
  const underWay = async () =>
    (await backend.readTable('mails')).filter(({ state }) => state === 'queued' || state === 'sending');
  await expect.poll(underWay, { timeout }).toEqual([]);
  const { audit_checkpoints: _signed, ...tables } = await backend.readTables();
  for (const row of tables['operator_sessions'] ?? []) delete row['last_activity_at'];
  return tables;
}

test(
  'a whole drill played well leaves only two events and its score of 100',
  { timeout },
  async ({ backend, callersOf, olga }) => {
    const seed = 7;
    const callers = await callersOf(seed, 'full');
    await olga.renew();
    const before = await contents(backend);
    const files = await readdir(backend.dataFolder, { recursive: true });

    const drill = await practise(olga, seed, 'full');
    let view = drill.begun;
    for (const caller of callers) view = await serve(drill, caller);

    expect(view.results.map(({ persona, score }) => ({ persona, score }))).toEqual(
      callers.map(({ persona }) => ({ persona: persona.kind, score: 100 })),
    );
    expect(view).toMatchObject({ phase: 'finished', score: 100, callers: 8 });
    const after = await contents(backend);
    const { audit_events: eventsAfter = [], drills = [], operator_sessions: sessions, ...rest } = after;
    const { audit_events: eventsBefore = [], drills: none, operator_sessions: were, ...same } = before;
    expect(rest).toEqual(same);
    const names = (rows: typeof eventsAfter) => rows.map(({ action }) => action);
    const known = new Set(eventsBefore.map(({ hash }) => hash));
    expect(names(eventsAfter.filter(({ hash }) => !known.has(hash))).toSorted()).toEqual([
      'drill.begun',
      'drill.finished',
    ]);
    expect(sessions?.length).toBe(were?.length);
    expect(none).toEqual([]);
    expect(drills).toMatchObject([{ operator_id: olga.id, seed, callers: 8, score: 100 }]);
    // The real desk's own events reach a checkpoint at some time.
    const filesAfter = await readdir(backend.dataFolder, { recursive: true });
    expect(filesAfter.filter((name) => name !== 'audit-head.json')).toEqual(
      files.filter((name) => name !== 'audit-head.json'),
    );
    expect((await olga.call<{ finished: object[] }>('GET', '/drills')).body.finished).toMatchObject([
      { seed, score: 100, callers: 8 },
    ]);
  },
);

test('a reset for an attacker counts nothing', { timeout }, async ({ callersOf, olga }) => {
  const seed = 11;
  const callers = await callersOf(seed, 'full');
  const drill = await practise(olga, seed, 'full');
  for (const caller of callers) {
    await drill.post('/take-call');
    if (!caller.persona.honest) {
      let view = await drill.open(caller);
      for (const { kind, obstacle } of view.checks) {
        if (obstacle === null && !view.assurance.met) view = await drill.check(view.id, kind);
      }
      if (view.approval.needed.length > 0)
        await drill.post(`/desk/cases/${view.id}/approvals`, { action: 'temporary-password' });
      await drill.reset(view.id);
    }
    await drill.post('/end-call');
  }
  const { results } = (await olga.call<DrillView>('GET', drill.path)).body;
  const fooled = results.filter(({ honest }) => !honest);
  expect(fooled.length).toBeGreaterThan(0);
  expect(fooled.map(({ end, score }) => [end, score])).toEqual(fooled.map(() => ['reset', 0]));
  expect(fooled.filter(({ unfounded }) => !unfounded.includes('in-person'))).toEqual([]);
  expect(fooled.filter(({ tells }) => tells.length === 0)).toEqual([]);
});

test(
  'under a raised alert a drill follows the rules of the alert',
  { timeout },
  async ({ callersOf, olga, pia }) => {
    const seed = 21;
    const drill = await practise(olga, seed, 'full', 'raised-alert');
    expect(drill.begun.scene).toBe('raised-alert');
    let view = drill.begun;
    for (const caller of await callersOf(seed, 'full', 'raised-alert')) {
      view = await serve(drill, caller);
      const { body } = await olga.call<{ cases: { id: string }[] }>('GET', `${drill.path}/desk/cases`);
      const served = (await olga.call<CaseView>('GET', `${drill.path}/desk/cases/${body.cases[0]?.id ?? ''}`))
        .body;
      const { past } = caller.persona;
      expect(served.checks.find(({ kind }) => kind === 'emailed-code')?.obstacle?.reason).toBe(
        past === 'email-changed' ? 'contact-changed' : 'weak-under-alert',
      );
      expect(served.resets.map(({ deliveryMode }) => deliveryMode)).toEqual(
        caller.persona.honest ? ['sealed'] : [],
      );
    }
    expect(view).toMatchObject({ phase: 'finished', score: 100 });
    // The clock does not move, so either of two that were finished at the same time may be first.
    const { body: kept } = await olga.call<{ finished: { seed: number }[] }>('GET', '/drills');
    expect(kept.finished.find((one) => one.seed === seed)).toMatchObject({
      scene: 'raised-alert',
      score: 100,
    });
    // The drill did not touch the real desk's alert.
    expect((await pia.call('GET', '/alert')).body).toEqual({ raised: null, proposed: null });
  },
);

test('an approver denies a request whose evidence is invented', { timeout }, async ({ callersOf, olga }) => {
  const seed = 11;
  const drill = await practise(olga, seed, 'full', 'raised-alert');
  const answers: unknown[] = [];
  for (const caller of await callersOf(seed, 'full', 'raised-alert')) {
    await drill.post('/take-call');
    let view = await drill.open(caller);
    if (!caller.persona.honest) {
      view = await drill.check(view.id, 'in-person');
      if (!view.assurance.met) view = await drill.check(view.id, 'call-back');
      const wish = { action: 'temporary-password' };
      const asked = await drill.post<CaseView>(`/desk/cases/${view.id}/approvals`, wish);
      const grant = await drill.post<{ code: string }>(`/desk/cases/${view.id}/grants`, wish);
      const { state, reason } = asked.body.approval.request ?? {};
      answers.push([state, (reason ?? '').length > 20, grant.body.code]);
    }
    await drill.post(`/desk/cases/${view.id}/refuse`, { reason: 'suspicious' });
    await drill.post('/end-call');
  }
  expect(answers.length).toBeGreaterThan(0);
  expect(answers).toEqual(answers.map(() => ['denied', true, 'approval.denied']));
  const { results } = (await olga.call<DrillView>('GET', drill.path)).body;
  const stopped = results.filter(({ honest }) => !honest);
  expect(stopped.map(({ denied, end, score }) => [denied, end, score])).toEqual(
    stopped.map(() => [true, 'refused', 85]),
  );
});

test('a caller about whom nothing was checked cannot be given a password', async ({ callersOf, olga }) => {
  const seed = 7;
  const drill = await practise(olga, seed, 'short');
  for (const caller of await callersOf(seed, 'short')) {
    await drill.post('/take-call');
    const view = await drill.open(caller);
    const refused = await drill.reset(view.id);
    expect(refused.status).toBeGreaterThanOrEqual(400);
    await drill.post(`/desk/cases/${view.id}/close`);
    await drill.post('/end-call');
  }
});

test('the cases of a drill and of the desk are separate', async ({ callersOf, olga }) => {
  const [caller] = await callersOf(3, 'short');
  const drill = await practise(olga, 3, 'short');
  await drill.post('/take-call');
  const practised = await drill.open(caller as Caller);
  const real = await olga.openCase('marlene okafor');
  expect((await olga.call('GET', `/cases/${practised.id}`)).body).toMatchObject({ code: 'case.not-found' });
  for (const [method, path, body] of [
    ['POST', 'checks', { kind: 'emailed-code' }],
    ['POST', 'grants', { action: 'temporary-password' }],
    ['POST', 'refuse', { reason: 'suspicious' }],
    ['GET', '', undefined],
  ] as const) {
    const answer = await olga.call(
      method,
      `${drill.path}/desk/cases/${real.id}/${path}`.replace(/\/$/, ''),
      body,
    );
    expect(answer.body).toMatchObject({ code: 'case.not-found' });
  }
  const approved = await olga.call('POST', `${drill.path}/desk/cases/${real.id}/resets`, {
    grantId: 'x',
    action: 'temporary-password',
  });
  expect(approved.status).toBeGreaterThanOrEqual(400);
  expect((await olga.call<CaseView>('GET', `/cases/${real.id}`)).body).toMatchObject({
    state: 'open',
    resets: [],
  });
});

test('each operator has at most one drill', async ({ backend, olga, pia }) => {
  const first = await practise(olga, 5, 'short');
  for (const [method, rest] of [
    ['GET', ''],
    ['POST', '/take-call'],
    ['POST', '/leave'],
    ['GET', '/desk/accounts?q=anna'],
  ] as const) {
    const answer = await pia.call(method, `${first.path}${rest}`, method === 'POST' ? {} : undefined);
    expect(answer).toMatchObject({ status: 404, body: { code: 'drill.not-found' } });
  }
  await practise(olga, 6, 'short');
  expect((await olga.call('GET', first.path)).status).toBe(404);
  const left = (await backend.readAudit()).filter(({ action }) => action === 'drill.left');
  expect(JSON.parse(left.at(-1)?.facts ?? '{}')).toMatchObject({ seed: 5, served: 0 });
});

test('a call of a drill refuses what does not fit its state', async ({ pia }) => {
  const drill = await practise(pia, 9, 'short');
  expect((await drill.post('/ask', { question: 'code' })).status).toBe(409);
  expect((await drill.post('/end-call')).status).toBe(409);
  expect((await drill.post('/take-call')).status).toBe(200);
  expect((await drill.post('/take-call')).status).toBe(409);
  const ends = await Promise.all([drill.post('/end-call'), drill.post('/end-call')]);
  expect(ends.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
});

test('an operator without the right to work on cases cannot practise', async ({
  backend,
  pia,
  staffedDesk,
}) => {
  const aud = await staffedDesk.hire('aud', 'Aud Example', ['auditor']);
  expect((await aud.call('POST', '/drills', { seed: 1 })).status).toBe(403);
  const drill = await practise(pia, 9, 'short');
  await backend.restart();
  await pia.renew();
  expect((await pia.call('GET', drill.path)).status).toBe(404);
});
