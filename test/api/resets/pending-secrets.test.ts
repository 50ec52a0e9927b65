import { describe, expect } from 'vitest';
import { defaultPolicy } from '../../../shared/api/policy.ts';
import { browserOf, type deskOf } from '../../backend/desk-call.ts';
import { apiTest } from '../../fixtures/api.ts';

/** Seconds: the shortest time that a policy allows. */
const validFor = 300;

describe('the secret of a reset', () => {
  const it = apiTest
    .extend('shortPolicy', async ({ desk }) => {
      const document = {
        ...defaultPolicy,
        temporaryPassword: { ...defaultPolicy.temporaryPassword, validFor },
      };
      return (await desk.call('PUT', '/policy', { basedOn: 1, document })).status;
    })
    .extend('press', async ({ shortPolicy, desk, verifiedCase }) => {
      if (shortPolicy !== 200) throw new Error(`The policy was refused: ${shortPolicy}`);
      const grant = await desk.mint(verifiedCase.id, 'temporary-password');
      return () => desk.reset(verifiedCase.id, grant.body.id, 'temporary-password', 'the-same-press');
    })
    .extend(
      'reveal',
      ({ desk }) =>
        (resetId: string) =>
          desk.call<{ code?: string }>('POST', `/resets/${resetId}/reveals`, { way: 'shown' }),
    );

  it('is answered to a repeated call until its password expires', async ({ press, reveal, backend }) => {
    const first = await press();
    expect(first.body.temporaryPassword).toEqual(expect.any(String));
    backend.clock.at += validFor * 1000 - 1;
    expect((await press()).body).toEqual(first.body);
    expect((await reveal(first.body.reset.id)).status).toBe(200);
    backend.clock.at += 1;
    expect((await press()).body.code).toBe('reset.secret-gone');
    expect((await reveal(first.body.reset.id)).body.code).toBe('reset.not-found');
  });

  it('is not answered after the handover', async ({ press, reveal, desk }) => {
    const { body } = await press();
    expect((await desk.call('POST', `/resets/${body.reset.id}/hand-over`, {})).status).toBe(200);
    expect((await press()).body.code).toBe('reset.secret-gone');
    expect((await reveal(body.reset.id)).body.code).toBe('reset.not-found');
  });

  it('is not answered once the reset was revoked', async ({ press, reveal, desk }) => {
    const { body } = await press();
    expect((await desk.call('POST', `/resets/${body.reset.id}/revoke`, {})).status).toBe(200);
    expect((await press()).body.code).toBe('reset.secret-gone');
    expect((await reveal(body.reset.id)).status).toBeGreaterThanOrEqual(400);
  });

  describe('that is lost before it was shown', () => {
    const more = it.extend('told', ({ backend }) => async (): Promise<number> => {
      const mails = (await backend.readTable('mails')) as { subject: string }[];
      return mails.filter(({ subject }) => /password was reset/i.test(subject)).length;
    });
    const press = async (desk: Pick<ReturnType<typeof deskOf>, 'mint' | 'reset'>, caseId: string) => {
      const grant = await desk.mint(caseId, 'temporary-password');
      return desk.reset(caseId, grant.body.id, 'temporary-password', `press-${grant.body.id}`);
    };

    more(
      'costs the owner one mail, although the password is set twice',
      async ({ backend, desk, verifiedCase, told }) => {
        expect((await press(desk, verifiedCase.id)).body.temporaryPassword).toEqual(expect.any(String));
        await backend.restart();
        expect((await press(desk, verifiedCase.id)).body.temporaryPassword).toEqual(expect.any(String));
        expect(await told()).toBe(1);
        expect((await backend.readAudit()).filter(({ action }) => action === 'reset.done')).toHaveLength(2);
      },
    );

    more(
      'is another reset once the first password was used',
      async ({ backend, desk, verifiedCase, told }) => {
        const { body } = await press(desk, verifiedCase.id);
        await browserOf(backend.ask).signIn('m.okafor', body.temporaryPassword ?? '');
        await backend.restart();
        await press(desk, verifiedCase.id);
        expect(await told()).toBe(2);
      },
    );

    more(
      'is another reset once the mail about it has failed',
      async ({ backend, desk, verifiedCase, mailSink, told }) => {
        mailSink.refuse(550);
        await press(desk, verifiedCase.id);
        await expect
          .poll(() => backend.readTable('mails'))
          .toContainEqual(expect.objectContaining({ state: 'failed' }));
        mailSink.refuse(null);
        await backend.restart();
        await press(desk, verifiedCase.id);
        expect(await told()).toBe(2);
      },
    );
  });

  it('is not answered to the same key with another wish', async ({ press, desk, verifiedCase, backend }) => {
    await press();
    const again = await desk.mint(verifiedCase.id, 'temporary-password');
    const other = await desk.reset(
      verifiedCase.id,
      again.body.id ?? 'none-at-all',
      'temporary-password',
      'the-same-press',
    );
    expect(other.body.code).toBe('reset.key-reused');
    expect((await backend.readAudit()).filter(({ action }) => action === 'reset.done')).toHaveLength(1);
  });
});
