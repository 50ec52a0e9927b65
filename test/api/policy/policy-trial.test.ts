import { describe, expect } from 'vitest';
import { apiTest } from '../../fixtures/api.ts';
import type { z } from 'zod';
import type { dryRunPolicy, listPolicyVersions } from '../../../shared/api/policy-trial.ts';
import type { PolicyDocument } from '../../../shared/api/policy.ts';
import type { PolicyView } from '../../../shared/api/policy-calls.ts';
import { codeFor } from '../../backend/desk-call.ts';

type Trial = z.output<typeof dryRunPolicy.answer>;
type Versions = z.output<typeof listPolicyVersions.answer>;

describe('a policy that is tried', () => {
  const it = apiTest
    .extend('policy', async ({ desk }) => (await desk.call<PolicyView>('GET', '/policy')).body)
    .extend(
      'trial',
      ({ desk, policy }) =>
        async (change: Partial<PolicyDocument>) =>
          desk.call<Trial & { code?: string; fields?: { path: string }[] }>('POST', '/policy/dry-run', {
            document: { ...policy.document, ...change },
          }),
    )
    .extend('resetByMail', ({ desk, mailSink }) => async () => {
      const opened = await desk.openCase('m.okafor');
      const started = await desk.startCode(opened.id);
      const { body } = await desk.readBack(
        started.body.case,
        await codeFor(mailSink, 'marlene.okafor@example.com'),
      );
      const grant = await desk.mint(opened.id, 'temporary-password');
      await desk.reset(opened.id, grant.body.id, 'temporary-password', 'press-trial');
      return body.case;
    });

  it('refuses nothing where nothing was reset', async ({ trial }) => {
    expect((await trial({})).body).toEqual({ resets: 0, byTodaysTier: 0, refused: [] });
  });

  it('names the resets that it would have refused with the reasons', async ({
    resetByMail,
    trial,
    policy,
    desk,
  }) => {
    const view = await resetByMail();
    expect((await trial({})).body).toEqual({ resets: 1, byTodaysTier: 0, refused: [] });
    const bars = { ...policy.document.bars, standard: 90 };
    expect((await trial({ bars })).body).toMatchObject({
      resets: 1,
      refused: [
        {
          caseNumber: view.number,
          userName: 'm.okafor',
          operator: 'Ann Example',
          earned: 60,
          needed: 90,
          why: 'points',
        },
      ],
    });
    const factors = { ...policy.document.factors, standard: 2 };
    expect((await trial({ factors })).body.refused).toMatchObject([{ why: 'factors' }]);
    const caseFields = { ticket: 'required', reason: 'optional' } as const;
    expect((await trial({ caseFields })).body.refused).toMatchObject([{ why: 'ticket' }]);
    expect((await trial({ checksOff: ['emailed-code'] })).body.refused).toMatchObject([{ earned: 0 }]);
    expect((await desk.call<PolicyView>('GET', '/policy')).body).toEqual(policy);
  });

  it('judges a reset by the tier that the account had then', async ({
    resetByMail,
    backend,
    trial,
    policy,
  }) => {
    await resetByMail();
    await backend.changeRows((db) =>
      db.updateTable('accounts').set({ tier: 'privileged' }).where('user_name', '=', 'm.okafor').execute(),
    );
    expect((await trial({})).body).toEqual({ resets: 1, byTodaysTier: 0, refused: [] });
    const bars = { ...policy.document.bars, standard: 90 };
    expect((await trial({ bars })).body.refused).toMatchObject([
      { tier: 'standard', tierOfToday: false, needed: 90 },
    ]);
    const intent = (await backend.readAudit()).find(({ action }) => action === 'reset.intended');
    expect(JSON.parse(String(intent?.facts))).toMatchObject({ tier: 'standard' });

    // The state of a database from before the column existed.
    await backend.changeRows((db) => db.updateTable('resets').set({ tier: null }).execute());
    expect((await trial({})).body).toMatchObject({
      resets: 1,
      byTodaysTier: 1,
      refused: [{ tier: 'privileged', tierOfToday: true, needed: 120 }],
    });
  });

  it('is refused when some account could never be reset under it, tried or put in force', async ({
    policy,
    trial,
    desk,
  }) => {
    const bars = { ...policy.document.bars, privileged: 1000 };
    const tried = await trial({ bars });
    expect(tried).toMatchObject({ status: 422, body: { code: 'policy.invalid' } });
    expect(tried.body.fields?.map(({ path }) => path)).toEqual(['body.document.bars.privileged']);
    const document = { ...policy.document, checksOff: ['managers-word', 'call-back', 'in-person'] };
    const changed = await desk.call<{ code?: string }>('PUT', '/policy', { basedOn: 1, document });
    expect(changed.body.code).toBe('policy.invalid');
  });

  it('lists a request that was added and one that was withdrawn', async ({ policy, desk }) => {
    const { passwords } = policy.document;
    const change = (basedOn: number, demands: object) =>
      desk.call('PUT', '/policy', {
        basedOn,
        document: { ...policy.document, passwords: { ...passwords, directories: { ldap: demands } } },
      });
    await change(1, { shortest: 12 });
    await change(2, {});
    const { body } = await desk.call<Versions>('GET', '/policy/versions');
    const rule = 'passwords.directories.ldap.shortest';
    expect(body.versions.map(({ changes }) => changes)).toEqual([
      [{ rule, from: '12', to: null }],
      [{ rule, from: null, to: '12' }],
    ]);
  });

  it('is refused if it contradicts itself', async ({ policy, desk }) => {
    const { temporaryPassword, alert } = policy.document;
    const document = {
      ...policy.document,
      temporaryPassword: { ...temporaryPassword, modes: ['sealed'] },
      alert: { ...alert, validFor: 7200, most: 3600 },
    };
    const { status, body } = await desk.call<{ fields?: { path: string }[] }>('PUT', '/policy', {
      basedOn: 1,
      document,
    });
    expect([status, body.fields?.map(({ path }) => path)]).toEqual([
      422,
      [
        'body.document.temporaryPassword.defaultModes.standard',
        'body.document.temporaryPassword.defaultModes.sensitive',
        'body.document.temporaryPassword.defaultModes.privileged',
        'body.document.alert.validFor',
      ],
    ]);
  });

  it('leaves who changed what in the history of its versions', async ({ policy, desk, backend }) => {
    const bars = { ...policy.document.bars, standard: 70 };
    await desk.call('PUT', '/policy', { basedOn: 1, document: { ...policy.document, bars } });
    const checksOff: string[] = [];
    await desk.call('PUT', '/policy', { basedOn: 2, document: { ...policy.document, bars, checksOff } });
    const { body } = await desk.call<Versions>('GET', '/policy/versions');
    expect(body.versions).toEqual([
      {
        version: 3,
        changedAt: new Date(backend.clock.at).toISOString(),
        changedBy: 'Ann Example',
        changes: [{ rule: 'checksOff', from: '["security-questions"]', to: '[]' }],
      },
      expect.objectContaining({
        version: 2,
        changes: [{ rule: 'bars.standard', from: '60', to: '70' }],
      }),
    ]);
  });
});
