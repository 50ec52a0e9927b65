import { randomUUID } from 'node:crypto';
import { describe, expect } from 'vitest';
import { apiTest, staffedTest } from '../../fixtures/api.ts';
import { samplesCsv } from '../../../backend/accounts/import/samples.ts';
import type { CaseView } from '../../../shared/api/case.ts';
import type { PolicyView } from '../../../shared/api/policy-calls.ts';
import type {
  AudiencePreview,
  RequiredResetAccount,
  RequiredResetView,
} from '../../../shared/api/required-reset.ts';
import type { SessionTokens } from '../../../shared/api/session.ts';
import { administrator } from '../../backend/start-test-backend.ts';
import { browserOf, codeFor, deskOf } from '../../backend/desk-call.ts';

const day = 24 * 3_600_000;
const marlene = 'marlene.okafor@example.com';
const own = 'Quiet+Harbour7';
/** The address of a sample account. */
const addressOf = (userName: string | undefined): string =>
  samplesCsv()
    .split('\r\n')
    .map((line) => line.split(','))
    .find(([_id, name]) => name === userName)?.[3] ?? '';

describe('a required reset', () => {
  const listOf = (...names: string[]) => ({ kind: 'list', names });
  const it = apiTest
    .extend(
      'dueIn',
      ({ backend }) =>
        (days: number) =>
          new Date(backend.clock.at + days * day).toISOString(),
    )
    .extend(
      'require',
      ({ desk, dueIn }) =>
        (audience: object, { id = randomUUID() as string, days = 14 } = {}) =>
          desk.call<RequiredResetView & { code?: string }>('POST', '/required-resets', {
            id,
            audience,
            reason: 'Passwords of another service were stolen.',
            dueAt: dueIn(days),
          }),
    )
    .extend(
      'countsOf',
      ({ desk }) =>
        async (id: string) =>
          (await desk.call<RequiredResetView>('GET', `/required-resets/${id}`)).body.counts,
    )
    .extend(
      'accountsOf',
      ({ desk }) =>
        async (id: string, show: string) =>
          (
            await desk.call<{ accounts: RequiredResetAccount[]; more: boolean }>(
              'GET',
              `/required-resets/${id}/accounts?show=${show}&limit=500`,
            )
          ).body.accounts,
    )
    // Marlene with a password of her own.
    .extend('withOwnPassword', ({ desk, mailSink, backend }) => async () => {
      const opened = await desk.openCase('m.okafor');
      const started = await desk.startCode(opened.id);
      await desk.readBack(started.body.case, await codeFor(mailSink, marlene));
      const grant = await desk.mint(opened.id, 'temporary-password');
      const { body } = await desk.reset(opened.id, grant.body.id, 'temporary-password', 'the-press');
      const browser = browserOf(backend.ask);
      await browser.signIn('m.okafor', body.temporaryPassword ?? '');
      await browser.choose(own);
      await desk.call('POST', `/cases/${opened.id}/close`, {});
    })
    // A session lasts a working day: Ann signs in once more.
    .extend('signInAgain', ({ backend }) => async () => {
      const { userName, password } = administrator;
      const answer = await backend.ask('POST', '/api/v1/session', { userName, password });
      return deskOf(backend.ask, ((await answer.json()) as SessionTokens).accessToken);
    });

  it('sends one mail to each user that its filter counted', async ({
    desk,
    require,
    backend,
    countsOf,
    accountsOf,
    mailSink,
  }) => {
    const audience = {
      kind: 'filter',
      departments: ['Legal'],
      tiers: [],
      statuses: [],
      passwordSetBefore: null,
    };
    const { body: preview } = await desk.call<AudiencePreview>('POST', '/required-reset-previews', {
      audience,
    });
    expect(preview.accounts).toBeGreaterThan(40);
    expect(preview.withoutEmail).toBeGreaterThan(0);
    expect(preview.leftOut.disabled).toBeGreaterThan(0);
    expect(preview.leftOut['no-local-password']).toBeGreaterThan(0);
    const { status, body: started } = await require(audience);
    expect(status).toBe(200);
    expect(started.counts).toMatchObject({
      accounts: preview.accounts,
      desk: preview.withoutEmail,
      'left-out': Object.values(preview.leftOut).reduce((sum, count) => sum + count, 0),
    });
    // 60 a minute, and the test decides when the minute is over.
    const toldSoFar = async () =>
      (await backend.readAudit()).filter(({ action }) => action === 'required-reset.told').length;
    await expect.poll(toldSoFar, { timeout: 15_000 }).toBe(60);
    backend.clock.at += 61_000;
    await expect
      .poll(() => countsOf(started.id), { timeout: 15_000 })
      .toMatchObject({ waiting: 0, told: preview.accounts - preview.withoutEmail, 'not-told': 0 });
    const [told] = await accountsOf(started.id, 'told');
    const { text = '' } = await mailSink.mailTo(addressOf(told?.userName));
    expect(text).toContain('Passwords of another service were stolen.');
    expect(text).toContain('/change-password');
    expect(text).toMatch(/\/not-me\/\S+/);
    const leftOut = await accountsOf(started.id, 'left-out');
    expect(new Set(leftOut.map((one) => one.leftOut))).toEqual(
      new Set(['disabled', 'no-local-password', ...(preview.leftOut.expired > 0 ? ['expired'] : [])]),
    );
    const byDesk = await accountsOf(started.id, 'desk');
    expect(byDesk.every(({ emailMasked }) => emailMasked === null)).toBe(true);
    const events = await backend.readAudit();
    const toldIds = events.filter(({ action }) => action === 'required-reset.told').map((e) => e.account_id);
    expect(toldIds.length).toBe(new Set(toldIds).size);
    expect(toldIds.length).toBe(preview.accounts - preview.withoutEmail);
  });

  it('accepts user names, addresses and numbers in any notation from a list', async ({ desk, require }) => {
    const audience = listOf('M.Okafor', marlene, 'E-10318', 'nobody.here', ' ', 'ghost@example.com');
    const { body } = await desk.call<AudiencePreview>('POST', '/required-reset-previews', { audience });
    expect(body).toMatchObject({
      accounts: 1,
      unknown: { count: 2, names: ['nobody.here', 'ghost@example.com'] },
    });
    expect((await require(listOf('nobody.here'))).body.code).toBe('required-reset.nobody');
    expect((await require(listOf('m.okafor'), { days: -1 })).body.code).toBe('required-reset.due-date');
  });

  it('is done when the user has chosen a password at the next sign-in', async ({
    withOwnPassword,
    require,
    backend,
    countsOf,
    desk,
  }) => {
    await withOwnPassword();
    const { body: started } = await require(listOf('m.okafor', 'f.nobody'));
    const browser = browserOf(backend.ask);
    expect((await browser.signIn('m.okafor', own)).to).toBe('/change-password');
    const page = await browser.go('GET', '/change-password');
    expect(page.text).toContain('Passwords of another service were stolen.');
    expect(page.text).not.toContain('temporary password');
    expect((await browser.go('GET', '/account')).to).toBe('/change-password');
    expect((await browser.choose(own)).status).toBe(422);
    expect((await countsOf(started.id)).done).toBe(0);
    expect((await browser.choose('Calm+Meadow9')).to).toBe('/account?said=changed');
    const { body: ended } = await desk.call<RequiredResetView>('GET', `/required-resets/${started.id}`);
    expect(ended).toMatchObject({ state: 'finished', counts: { accounts: 1, done: 1 } });
    expect((await browserOf(backend.ask).signIn('m.okafor', 'Calm+Meadow9')).to).toMatch(/^\/account/);
    const actions = (await backend.readAudit()).map(({ action }) => action);
    expect(actions).toContain('required-reset.done');
    expect(actions).toContain('required-reset.finished');
  });

  it('tells the operator in the case', async ({ require, desk }) => {
    const { body: started } = await require(listOf('m.okafor'));
    const opened: CaseView = await desk.openCase('m.okafor');
    expect(opened.reason).toBe('told-to-reset');
    expect(opened.requiredReset).toMatchObject({
      dueAt: started.dueAt,
      reason: 'Passwords of another service were stolen.',
    });
  });

  it('requires nothing more once it is stopped with a reason', async ({
    withOwnPassword,
    require,
    desk,
    backend,
  }) => {
    await withOwnPassword();
    const { body: started } = await require(listOf('m.okafor'));
    const stop = () =>
      desk.call<RequiredResetView & { code?: string }>('POST', `/required-resets/${started.id}/stop`, {
        reason: 'A false alarm.',
      });
    expect((await stop()).body).toMatchObject({ state: 'stopped', stopReason: 'A false alarm.' });
    expect((await browserOf(backend.ask).signIn('m.okafor', own)).to).toMatch(/^\/account/);
    expect((await stop()).body.code).toBe('required-reset.ended');
  });

  it('accepts the old password after the due date unless the policy blocks it', async ({
    withOwnPassword,
    require,
    backend,
    signInAgain,
  }) => {
    await withOwnPassword();
    await require(listOf('m.okafor'), { days: 1 });
    backend.clock.at += 2 * day;
    const desk = await signInAgain();
    const browser = browserOf(backend.ask);
    expect((await browser.signIn('m.okafor', own)).to).toBe('/change-password');
    const { body: policy } = await desk.call<PolicyView>('GET', '/policy');
    await desk.call('PUT', '/policy', {
      basedOn: policy.version,
      document: {
        ...policy.document,
        requiredReset: { ...policy.document.requiredReset, afterDue: 'block' },
      },
    });
    const refused = await browserOf(backend.ask).signIn('m.okafor', own);
    expect(refused.status).toBe(401);
    expect(refused.text).toContain('no longer accepted');
    expect((await browserOf(backend.ask).signIn('m.okafor', 'Wrong+Harbour7')).text).not.toContain(
      'no longer accepted',
    );
  });

  it('is the same when the answer was lost and it is sent again', async ({ require }) => {
    const id = randomUUID();
    const first = await require(listOf('m.okafor'), { id });
    const again = await require(listOf('m.okafor', 'a.smith0'), { id });
    expect(again.body.counts.accounts).toBe(first.body.counts.accounts);
  });
});

describe('the right to require resets', () => {
  const it = staffedTest;

  it('is the administrators’ alone', async ({ staffedDesk }) => {
    const bob = await staffedDesk.hire('bob', 'Bob Example', ['operator', 'approver', 'auditor']);
    for (const [method, path, body] of [
      ['GET', '/required-resets', undefined],
      ['POST', '/required-reset-previews', { audience: { kind: 'list', names: [] } }],
      ['POST', '/required-resets/x/stop', { reason: 'x' }],
    ] as const) {
      expect((await bob.call<{ code: string }>(method, path, body)).body.code).toBe('session.not-permitted');
    }
  });

  it('reaches only accounts in the administrator’s scope', async ({ staffedDesk }) => {
    const sam = await staffedDesk.hire('sam', 'Sam Scoped', ['administrator'], { departments: ['Nowhere'] });
    const { body } = await sam.call<AudiencePreview>('POST', '/required-reset-previews', {
      audience: { kind: 'list', names: ['m.okafor'] },
    });
    expect(body).toMatchObject({ accounts: 0, leftOut: { 'out-of-scope': 1 } });
  });

  it('needs a fresh proof for start and stop', async ({ administrator: ann, backend }) => {
    const id = randomUUID();
    const start = () =>
      ann.call<{ code?: string; state?: string }>('POST', '/required-resets', {
        id,
        audience: { kind: 'list', names: ['m.okafor'] },
        reason: 'A breach.',
        dueAt: new Date(backend.clock.at + day).toISOString(),
      });
    const stop = () =>
      ann.call<{ code?: string; state?: string }>('POST', `/required-resets/${id}/stop`, { reason: 'Over.' });
    const later = async () => {
      for (let minutes = 0; minutes < 16; minutes += 4) {
        backend.clock.at += 4 * 60_000;
        await ann.renew();
        // Renewing a session does not count as activity.
        await ann.call('GET', '/required-resets');
      }
    };
    await later();
    expect((await start()).body.code).toBe('session.reauthentication-required');
    await ann.prove();
    expect((await start()).body.state).toBe('running');
    await later();
    expect((await stop()).body.code).toBe('session.reauthentication-required');
    await ann.prove();
    expect((await stop()).body.state).toBe('stopped');
    const refused = (await backend.readAudit()).filter(({ outcome }) => outcome === 'refused');
    expect(refused.map(({ facts }) => JSON.parse(facts) as object)).toEqual(
      ['startRequiredReset', 'stopRequiredReset'].map((call) => ({
        call,
        code: 'session.reauthentication-required',
      })),
    );
  });
});
