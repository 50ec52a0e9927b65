import { describe, expect } from 'vitest';
import {
  actionsOf,
  changePolicy,
  decide,
  expectMail,
  hour,
  idOf,
  inviteAs,
  listOf,
  notEffective,
  operatorsOf,
  patch,
  policyOf,
  weaken,
  withdraw,
  twoAdministratorsTest as it,
} from './change-calls.ts';

describe('a waiting change', () => {
  it('is declined with a reason that its proposer is mailed', async ({ staffedDesk, ann, bea }) => {
    await staffedDesk.backend.changeRows((db) =>
      db.updateTable('operators').set({ email: 'ann@example.com' }).where('id', '=', ann.id).execute(),
    );
    const id = idOf(await weaken(ann));
    const declined = await decide(bea, id, 'decline');
    expect(declined.body.change).toMatchObject({
      state: 'declined',
      decidedBy: 'Bea Second',
      reason: 'as agreed',
    });
    expect((await policyOf(ann)).document.approvals.tiers).toEqual(['privileged']);
    await expectMail(ann, 'ann@example.com', notEffective);
    expect((await decide(bea, id)).body.code).toBe('protected-change.settled');
    expect(await actionsOf(staffedDesk)).toEqual(['protected-change.proposed', 'protected-change.declined']);
  });

  it('is withdrawn by its proposer alone', async ({ staffedDesk, ann, bea }) => {
    const id = idOf(await weaken(ann));
    expect((await withdraw(bea, id)).body.code).toBe('protected-change.not-yours');
    expect((await withdraw(ann, id)).body.change.state).toBe('withdrawn');
    expect((await withdraw(ann, id)).body.code).toBe('protected-change.settled');
    expect((await decide(bea, id)).body.code).toBe('protected-change.settled');
    expect(await actionsOf(staffedDesk)).toEqual(['protected-change.proposed', 'protected-change.withdrawn']);
  });

  it('expires after the policy’s time', async ({ staffedDesk, ann, bea }) => {
    const { backend } = staffedDesk;
    const id = idOf(await weaken(ann));
    backend.clock.at += 72 * hour;
    await backend.restart();
    const again = await bea.elsewhere();
    expect((await decide(again, id)).body.code).toBe('protected-change.settled');
    await expect
      .poll(async () => (await listOf(again)).settled.map(({ state }) => state), { timeout: 20_000 })
      .toEqual(['expired']);
    expect(await actionsOf(staffedDesk)).toEqual(['protected-change.proposed', 'protected-change.expired']);
  });

  it('is refused with a reason if a value that it was based on has changed', async ({
    staffedDesk,
    ann,
    operator,
    bea,
  }) => {
    const more = idOf(await patch(ann, operator.id, { roles: ['operator', 'approver'] }));
    const auditor = idOf(await patch(bea, operator.id, { roles: ['operator', 'auditor'] }));
    expect((await decide(ann, auditor)).status).toBe(200);
    expect(await decide(bea, more)).toMatchObject({
      status: 409,
      body: { code: 'protected-change.outdated', detail: 'request.conflict' },
    });
    expect((await operatorsOf(ann)).find(({ id }) => id === operator.id)?.roles).toEqual([
      'operator',
      'auditor',
    ]);
    const { settled } = await listOf(ann);
    // Both were settled at the same instant of the test's clock.
    expect(settled.find((change) => change.id === more)).toMatchObject({
      state: 'outdated',
      failure: 'request.conflict',
    });
    expect((await actionsOf(staffedDesk)).at(-1)).toBe('protected-change.outdated');
  });

  it('is refused if its proposer may no longer make it', async ({ staffedDesk, ann, bea }) => {
    const { backend } = staffedDesk;
    const id = idOf(await weaken(bea));
    await backend.changeRows((db) =>
      db.updateTable('operators').set({ roles: '["auditor"]' }).where('id', '=', bea.id).execute(),
    );
    const second = await decide(ann, id);
    expect(second.body).toMatchObject({ code: 'protected-change.outdated', detail: 'session.not-permitted' });
    expect((await policyOf(ann)).document.approvals.tiers).toEqual(['privileged']);
  });

  it('is refused if a later version of the policy came first', async ({ ann, bea }) => {
    const id = idOf(await weaken(ann));
    await changePolicy(bea, ({ bars }) => ({ bars: { ...bars, standard: 80 } }));
    expect((await decide(bea, id)).body.code).toBe('protected-change.outdated');
    expect((await policyOf(ann)).document).toMatchObject({
      bars: { standard: 80 },
      approvals: { tiers: ['privileged'] },
    });
  });

  it('takes effect once, approved by two administrators at once', async ({ staffedDesk, ann, bea }) => {
    const invited = idOf(await inviteAs(ann, ['administrator'], 'cleo'));
    expect((await decide(bea, invited)).status).toBe(200);
    const { backend } = staffedDesk;
    await backend.changeRows((db) =>
      db
        .updateTable('operators')
        .set({ state: 'active', password_hash: 'x' })
        .where('user_name', '=', 'cleo')
        .execute(),
    );
    const id = idOf(await weaken(ann));
    const outcomes = await Promise.all([decide(bea, id), decide(bea, id), withdraw(ann, id)]);
    expect(outcomes.filter(({ status }) => status === 200)).toHaveLength(1);
    const settled = (await actionsOf(staffedDesk)).slice(3);
    expect(settled).toHaveLength(1);
    const isApproved = settled[0] === 'protected-change.approved';
    expect((await policyOf(ann)).document.approvals.tiers).toEqual(isApproved ? [] : ['privileged']);
  });

  it('needs a recent proof of its approver', async ({ staffedDesk, ann, bea }) => {
    const id = idOf(await weaken(ann));
    for (let step = 0; step < 2; step += 1) {
      staffedDesk.backend.clock.at += 8 * 60_000;
      await bea.renew();
      await bea.call('GET', '/session');
    }
    const body = { decision: 'approve', reason: 'as agreed' };
    expect((await bea.call('POST', `/protected-changes/${id}/decision`, body)).body).toMatchObject({
      code: 'session.reauthentication-required',
    });
  });
});
