import { describe, expect } from 'vitest';
import type { CaseView } from '../../../shared/api/case.ts';
import { defaultPolicy } from '../../../shared/api/policy.ts';
import type { PolicyView } from '../../../shared/api/policy-calls.ts';
import { apiTest } from '../../fixtures/api.ts';

const it = apiTest
  .extend('lockMarlene', ({ backend }) => async (ago = 0) => {
    const since = backend.clock.at - ago;
    await backend.changeRows((db) =>
      db
        .updateTable('accounts')
        .set({ locked_since: since, failed_sign_ins: 5 })
        .where('user_name_key', '=', 'm.okafor')
        .execute(),
    );
    return since;
  })
  .extend(
    'read',
    ({ desk }) =>
      async (id: string) =>
        (await desk.call<CaseView>('GET', `/cases/${id}`)).body,
  )
  .extend(
    'unlock',
    ({ desk }) =>
      (id: string, grantId: string) =>
        desk.call<CaseView & { code?: string }>('POST', `/cases/${id}/unlock`, { grantId }),
  )
  .extend('auditOf', ({ desk }) => async (accountId: string) => {
    const { body } = await desk.call<{ entries: { action: string }[] }>(
      'GET',
      `/accounts/${accountId}/timeline`,
    );
    return body.entries.map(({ action }) => action);
  });

describe('the unlock of an account', () => {
  it('needs no new password', async ({ desk, lockMarlene, verifiedCase, read, unlock, auditOf }) => {
    const { id, account } = verifiedCase;
    const since = await lockMarlene();
    expect((await read(id)).unlock).toMatchObject({
      obstacle: null,
      lock: {
        since: new Date(since).toISOString(),
        until: new Date(since + defaultPolicy.signIn.lockFor * 1000).toISOString(),
        where: null,
      },
    });
    const { status, body } = await unlock(id, (await desk.mint(id, 'unlock')).body.id);
    expect({ status, lock: body.unlock.lock, resets: body.resets }).toEqual({
      status: 200,
      lock: null,
      resets: [],
    });
    expect(body.account.statuses).toEqual(['active']);
    expect(await auditOf(account.id)).toContain('account.unlocked');
  });

  it('comes with a reset as well', async ({ desk, lockMarlene, verifiedCase: { id }, read }) => {
    await lockMarlene();
    expect((await read(id)).account.statuses).toEqual(['locked']);
    const grant = await desk.mint(id, 'temporary-password');
    await desk.reset(id, grant.body.id, 'temporary-password', 'while-locked');
    expect((await read(id)).account.statuses).toEqual(['active']);
  });

  it('leaves the case able to reset', async ({ desk, lockMarlene, verifiedCase: { id }, unlock }) => {
    await lockMarlene();
    await unlock(id, (await desk.mint(id, 'unlock')).body.id);
    const grant = await desk.mint(id, 'temporary-password');
    expect((await desk.reset(id, grant.body.id, 'temporary-password', 'after-unlock')).status).toBe(200);
  });

  it('is refused unless it has an unspent grant for an unlock', async ({
    desk,
    lockMarlene,
    verifiedCase: { id },
    unlock,
  }) => {
    await lockMarlene();
    const reset = await desk.mint(id, 'temporary-password');
    expect((await unlock(id, reset.body.id)).body.code).toBe('grant.other-action');
    const grant = await desk.mint(id, 'unlock');
    expect((await desk.reset(id, grant.body.id, 'temporary-password', 'wrong-grant')).body.code).toBe(
      'grant.other-action',
    );
    expect((await unlock(id, grant.body.id)).status).toBe(200);
    await lockMarlene();
    expect((await unlock(id, grant.body.id)).body.code).toBe('grant.spent');
    expect((await unlock(id, 'no-grant')).body.code).toBe('grant.not-found');
  });

  it('is refused while the account is not locked', async ({
    desk,
    lockMarlene,
    verifiedCase: { id },
    read,
  }) => {
    expect((await desk.mint(id, 'unlock')).body.code).toBe('account.not-locked');
    await lockMarlene(defaultPolicy.signIn.lockFor * 1000);
    expect((await read(id)).unlock).toMatchObject({ obstacle: 'not-locked', lock: null });
  });

  it('has a bar of its own, below that of a reset', async ({
    desk,
    lockMarlene,
    verifiedCase: { id },
    read,
  }) => {
    await lockMarlene();
    const { body: policy } = await desk.call<PolicyView>('GET', '/policy');
    const put = (change: object) =>
      desk.call('PUT', '/policy', {
        basedOn: policy.version,
        document: { ...policy.document, ...change },
      });
    const stricter = { ...policy.document.bars, standard: 100 };
    expect((await put({ bars: stricter })).status).toBe(200);
    const view = await read(id);
    expect(view.actions[0]?.obstacle).toBe('assurance');
    expect(view.unlock.obstacle).toBeNull();
    expect((await desk.mint(id, 'unlock')).status).toBe(200);
  });

  it('is refused below its bar', async ({ desk, lockMarlene }) => {
    await lockMarlene();
    const { id, unlock } = await desk.openCase('m.okafor');
    expect(unlock).toMatchObject({ obstacle: 'assurance', earned: 0, needed: 30 });
    expect((await desk.mint(id, 'unlock')).body.code).toBe('assurance.not-enough');
  });
});
