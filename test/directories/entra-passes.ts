import { beforeAll, describe, expect, it } from 'vitest';
import type { CaseView } from '../../shared/api/case.ts';
import type { DeliveryChoices } from '../../shared/api/delivery.ts';
import type { PolicyView } from '../../shared/api/policy-calls.ts';
import { faultOf } from './contract/subject.ts';
import type { EntraLab } from './entra-lab.ts';
import { startPassword } from './lab.ts';
import { zoesAddress, type DeskTest } from './desk-test.ts';

const minutes = 60_000;

/** Tests of Temporary Access Passes in the adapter. */
export function describeAccessPasses(start: () => Promise<EntraLab>): void {
  describe('a Temporary Access Pass', () => {
    let lab: EntraLab;
    beforeAll(async () => {
      lab = await start();
    }, 60_000);
    const connect = (settings = {}) => lab.connectWith({ givesPasses: true, ...settings });

    it('is issued for one sign-in and the asked time beside the password', async () => {
      const key = await lab.add({ userName: 'pass.holder' });
      const directory = connect();
      const pass = await directory.accessPasses?.issue(key, 90 * minutes);
      expect(lab.userOf('pass.holder').passes).toMatchObject([
        { temporaryAccessPass: pass?.expose(), lifetimeInMinutes: 90, isUsableOnce: true },
      ]);
      expect(await lab.signIn?.(key, startPassword)).toBe('right');
      await directory.close();
    });

    it('can be withdrawn even if it no longer exists', async () => {
      const key = await lab.add({ userName: 'pass.loser' });
      const directory = connect();
      await directory.accessPasses?.issue(key, 60 * minutes);
      await directory.accessPasses?.withdraw(key);
      await directory.accessPasses?.withdraw(key);
      expect(lab.userOf('pass.loser').passes).toEqual([]);
      await directory.close();
    });

    it('is refused with a reason if the tenant does not allow its lifetime', async () => {
      const key = await lab.add({ userName: 'pass.refused' });
      const directory = connect();
      const fault = await faultOf(directory.accessPasses?.issue(key, 600 * minutes) ?? Promise.resolve());
      expect([fault.code, fault.detail]).toEqual(['password-refused', 'no-pass']);
      await directory.close();
    });

    it('is not given for an account whose sign-in is federated', async () => {
      const key = await lab.add({ userName: 'pass@federated.example.com' });
      const directory = connect();
      const fault = await faultOf(directory.accessPasses?.issue(key, 60 * minutes) ?? Promise.resolve());
      expect(fault.code).toBe('not-possible');
      await directory.close();
    });

    it('needs to be switched on in the settings', async () => {
      const directory = lab.connectWith({});
      expect([directory.capabilities.accessPass, directory.accessPasses]).toEqual([
        'not-configured',
        undefined,
      ]);
      await directory.close();
    });
  });
}

/** Tests of the pass as a kind of reset at the desk. */
export function describePassesOfDesk(start: () => Promise<EntraLab>, deskTest: DeskTest): void {
  const desk = deskTest
    .extend('lab', () => start())
    .extend(
      'choices',
      ({ desk: { call } }) =>
        async (caseId: string) =>
          (await call<DeliveryChoices>('GET', `/cases/${caseId}/delivery-choices`)).body.credentials,
    )
    /** Allows passes of the given lifetime on the evidence of one code. */
    .extend('offerPasses', ({ desk: { call } }) => async (privilegedBar: number) => {
      const { body } = await call<PolicyView>('GET', '/policy');
      const { document } = body;
      const changed = await call('PUT', '/policy', {
        basedOn: body.version,
        document: {
          ...document,
          bars: { ...document.bars, standard: 40, sensitive: 40, privileged: privilegedBar },
          factors: { standard: 1, sensitive: 1, privileged: 1 },
          temporaryPassword: { ...document.temporaryPassword, accessPass: true, accessPassFor: 1800 },
        },
      });
      expect(changed.status).toBe(200);
    })
    .extend('givePass', ({ desk: { call, mint } }) => async (caseId: string) => {
      const grant = await mint(caseId, 'temporary-password');
      const body = { grantId: grant.body.id, action: 'temporary-password', credential: 'access-pass' };
      return call<{ code?: string; temporaryPassword: string; reset: CaseView['resets'][number] }>(
        'POST',
        `/cases/${caseId}/resets`,
        body,
        { 'idempotency-key': `pass-of-${caseId}` },
      );
    });

  describe('a pass at the desk', () => {
    desk(
      'is given once, with its time, and the owner and the timeline are told of a pass',
      async ({
        lab,
        connect,
        hasRead,
        offerPasses,
        verified,
        choices,
        givePass,
        desk: { call },
        mailSink,
      }) => {
        await connect({ ...lab.settings, givesPasses: true });
        await hasRead();
        await offerPasses(40);
        const { id, account } = await verified();
        expect(await choices(id)).toEqual([
          { credential: 'password', obstacle: null },
          { credential: 'access-pass', obstacle: null },
        ]);

        const { status, body } = await givePass(id);

        expect(status).toBe(200);
        expect(body.reset).toMatchObject({
          state: 'done',
          secretStyle: 'access-pass',
          secretBits: null,
          oldPassword: 'works-until-used',
          sessionsEnded: 0,
        });
        expect(lab.userOf('zoe.example').passes).toMatchObject([
          { temporaryAccessPass: body.temporaryPassword, lifetimeInMinutes: 30 },
        ]);
        const { text } = await mailSink.mailTo(zoesAddress);
        expect(text).toContain('a one-time pass (Temporary Access Pass) was given');
        const timeline = await call<{ entries: { action: string; facts: object }[] }>(
          'GET',
          `/accounts/${account.id}/timeline`,
        );
        expect(timeline.body.entries.find(({ action }) => action === 'reset.done')?.facts).toMatchObject({
          credential: 'access-pass',
        });
      },
    );

    desk(
      'ends in the directory when it is revoked',
      async ({ lab, connect, hasRead, offerPasses, verified, givePass, desk: { call } }) => {
        await connect({ ...lab.settings, givesPasses: true });
        await hasRead();
        await offerPasses(40);
        const { id } = await verified();
        const { body } = await givePass(id);
        const before = lab.userOf('zoe.example').password;
        expect((await call('POST', `/resets/${body.reset.id}/revoke`)).status).toBe(200);
        await expect.poll(() => lab.userOf('zoe.example').passes, { timeout: 20_000 }).toEqual([]);
        expect(lab.userOf('zoe.example').password).toBe(before);
      },
    );

    desk(
      'needs the evidence that a privileged account needs',
      async ({ lab, connect, hasRead, offerPasses, verified, choices, givePass }) => {
        await connect({ ...lab.settings, givesPasses: true });
        await hasRead();
        await offerPasses(120);
        const { id } = await verified();
        expect(await choices(id)).toContainEqual({ credential: 'access-pass', obstacle: 'assurance' });
        const { status, body } = await givePass(id);
        expect([status, body.code]).toEqual([403, 'assurance.not-enough']);
        expect(lab.userOf('zoe.example').passes).toEqual([]);
      },
    );

    desk(
      'is not offered unless the policy does',
      async ({ lab, connect, hasRead, verified, choices, givePass }) => {
        await connect({ ...lab.settings, givesPasses: true });
        await hasRead();
        const { id } = await verified();
        expect(await choices(id)).toEqual([{ credential: 'password', obstacle: null }]);
        expect((await givePass(id)).body.code).toBe('reset.delivery-not-allowed');
      },
    );
  });
}
