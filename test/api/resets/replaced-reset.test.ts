import { describe, expect } from 'vitest';
import { apiTest } from '../../fixtures/api.ts';
import type { CaseView } from '../../../shared/api/case.ts';
import { defaultPolicy } from '../../../shared/api/policy.ts';
import { browserOf, codeFor, linkFor } from '../../backend/desk-call.ts';

const marlene = 'marlene.okafor@example.com';
type Action = 'temporary-password' | 'reset-link';
type Refused = { code?: string };

describe('another action instead of an unused reset', () => {
  const it = apiTest
    .extend('view', async ({ desk }) => await desk.openCase('m.okafor'))
    .extend('give', ({ desk, view, backend }) => async (action: Action) => {
      const grant = await desk.mint(view.id, action);
      const { body } = await desk.reset(view.id, grant.body.id, action, `first-${action}`);
      backend.clock.at += 1000;
      return body;
    })
    .extend(
      'mintInstead',
      ({ desk, view }) =>
        (action: Action, insteadOf: string) =>
          desk.call<{ id: string } & Refused>('POST', `/cases/${view.id}/grants`, { action, insteadOf }),
    )
    .extend(
      'giveInstead',
      ({ desk, view }) =>
        (action: Action, insteadOf: string, grantId: string) =>
          desk.call<{ reset: CaseView['resets'][number]; temporaryPassword: string | null } & Refused>(
            'POST',
            `/cases/${view.id}/resets`,
            { action, insteadOf, grantId },
            { 'idempotency-key': `instead-${action}` },
          ),
    )
    .extend(
      'seen',
      ({ desk, view }) =>
        async () =>
          (await desk.call<CaseView>('GET', `/cases/${view.id}`)).body,
    )
    .extend(
      'signIn',
      ({ backend }) =>
        async (password: string) =>
          (await browserOf(backend.ask).signIn('m.okafor', password)).status,
    )
    .extend(
      'open',
      ({ backend }) =>
        async (path: string) =>
          (await browserOf(backend.ask).go('GET', path)).status,
    )
    .extend('actions', ({ desk, view }) => async () => {
      const { body } = await desk.call<{ entries: { action: string }[] }>(
        'GET',
        `/accounts/${view.account.id}/timeline`,
      );
      return body.entries.map(({ action }) => action);
    });
  it.beforeEach(async ({ desk, view, mailSink }) => {
    const started = await desk.startCode(view.id);
    await desk.readBack(started.body.case, await codeFor(mailSink, marlene));
  });

  it('a link: the temporary password is valid until the grant is spent', async ({
    give,
    seen,
    mintInstead,
    giveInstead,
    signIn,
    open,
    mailSink,
    actions,
  }) => {
    const given = await give('temporary-password');
    expect((await seen()).instead).toEqual({
      insteadOf: given.reset.id,
      action: 'reset-link',
      obstacle: null,
    });
    const grant = await mintInstead('reset-link', given.reset.id);
    expect(grant.status).toBe(200);
    expect((await seen()).resets[0]).toMatchObject({ action: 'temporary-password', use: 'none' });
    const { status, body } = await giveInstead('reset-link', given.reset.id, grant.body.id);
    expect([status, body.reset.action]).toEqual([200, 'reset-link']);
    expect(await signIn(given.temporaryPassword ?? '')).toBe(401);
    expect(await open(await linkFor(mailSink, marlene))).toBe(200);
    expect((await seen()).resets).toMatchObject([
      { action: 'reset-link', state: 'done', use: 'link-fetched' },
      { action: 'temporary-password', use: 'revoked' },
    ]);
    expect(await actions()).toEqual(expect.arrayContaining(['reset.revoked', 'reset-link.issued']));
  });

  it('a temporary password: the link is dead', async ({
    give,
    mailSink,
    mintInstead,
    giveInstead,
    open,
    signIn,
    seen,
  }) => {
    const given = await give('reset-link');
    const link = await linkFor(mailSink, marlene);
    const grant = await mintInstead('temporary-password', given.reset.id);
    const { body } = await giveInstead('temporary-password', given.reset.id, grant.body.id);
    expect(await open(link)).toBe(410);
    expect(await signIn(body.temporaryPassword ?? '')).toBe(303);
    // The reset has been used, so nothing can replace it.
    expect((await seen()).instead).toBeNull();
    expect((await mintInstead('reset-link', body.reset.id)).body.code).toBe('reset.settled');
  });

  it('needs a grant of its own, without which nothing is revoked', async ({
    give,
    desk,
    view,
    giveInstead,
    mintInstead,
    signIn,
  }) => {
    const given = await give('temporary-password');
    expect((await desk.mint(view.id, 'reset-link')).body.code).toBe('request.conflict');
    const refused = await giveInstead('reset-link', given.reset.id, 'no-such-grant');
    expect(refused.body.code).toBe('grant.not-found');
    const other = await mintInstead('temporary-password', given.reset.id);
    const wrong = await giveInstead('reset-link', given.reset.id, other.body.id);
    expect(wrong.body.code).toBe('grant.other-action');
    expect(await signIn(given.temporaryPassword ?? '')).toBe(303);
  });

  it('is of the same case', async ({ give, mintInstead, desk, seen }) => {
    const given = await give('temporary-password');
    expect((await mintInstead('reset-link', 'another')).body.code).toBe('reset.not-found');
    await desk.call('POST', `/resets/${given.reset.id}/revoke`, {});
    expect((await mintInstead('reset-link', given.reset.id)).body.code).toBe('reset.settled');
    expect((await seen()).instead).toBeNull();
  });

  it('whose mail is refused leaves a case that says so and may reset again', async ({
    give,
    mintInstead,
    mailSink,
    giveInstead,
    seen,
    desk,
    view,
  }) => {
    const given = await give('temporary-password');
    const grant = await mintInstead('reset-link', given.reset.id);
    mailSink.refuse(550);
    const failed = await giveInstead('reset-link', given.reset.id, grant.body.id);
    expect(failed.body.code).toBe('mail.failed');
    mailSink.refuse(null);
    expect((await seen()).resets).toMatchObject([{ state: 'failed' }, { use: 'revoked' }]);
    expect((await desk.mint(view.id, 'temporary-password')).status).toBe(200);
  });

  it('needs four eyes where the policy wants them', async ({ give, desk, seen, mintInstead, signIn }) => {
    const given = await give('temporary-password');
    const document = { ...defaultPolicy, approvals: { ...defaultPolicy.approvals, tiers: ['standard'] } };
    await desk.call('PUT', '/policy', { basedOn: 1, document });
    expect((await seen()).instead).toMatchObject({ obstacle: 'approval-needed' });
    const refused = await mintInstead('reset-link', given.reset.id);
    expect(refused.body.code).toBe('approval.needed');
    expect(await signIn(given.temporaryPassword ?? '')).toBe(303);
  });

  it('a revoked reset is shown as revoked in the list, sealed or not, open or closed', async ({
    desk,
    view,
    seen,
  }) => {
    const result = async () =>
      (await desk.call<{ cases: { result: string }[] }>('GET', '/cases')).body.cases[0]?.result;
    const grant = await desk.mint(view.id, 'temporary-password');
    const sealed = await desk.call<{ reset: { id: string } }>(
      'POST',
      `/cases/${view.id}/resets`,
      { grantId: grant.body.id, action: 'temporary-password', deliveryMode: 'sealed' },
      { 'idempotency-key': 'a-sealed-one' },
    );
    expect(await result()).toBe('temporary-password');
    await desk.call('POST', `/resets/${sealed.body.reset.id}/revoke`, {});
    expect(await result()).toBe('taken-back');
    expect((await seen()).resets[0]).toMatchObject({ state: 'done', use: 'revoked' });
    await desk.call('POST', `/cases/${view.id}/close`, {});
    expect(await result()).toBe('taken-back');
  });
});
