import { describe, expect } from 'vitest';
import { everyAccount } from '../../../shared/api/operator.ts';
import type { OperatorRow } from '../../../shared/api/operators.ts';
import type { PolicyDocument, PolicyView } from '../../../shared/api/policy.ts';
import type { ProposedAnswer, ProtectedChange } from '../../../shared/api/protected-change-view.ts';
import type { ProtectionState } from '../../../shared/api/protected-change.ts';
import type { Answer } from '../../backend/desk-call.ts';
import { followEvents } from '../../backend/follow-events.ts';
import type { Member, StaffedDesk } from '../../backend/staffed-desk.ts';
import { staffedTest } from '../../fixtures/api.ts';

const hour = 3_600_000;
const it = staffedTest
  .extend('ann', ({ administrator }) => administrator)
  .extend('bea', ({ staffedDesk }) => staffedDesk.hire('bea', 'Bea Second', ['administrator', 'auditor']));

interface List {
  readonly waiting: ProtectedChange[];
  readonly settled: ProtectedChange[];
  readonly protection: ProtectionState;
  readonly approvers: string[];
}
type Outcome = Answer<Partial<ProposedAnswer> & { readonly code?: string; readonly detail?: string }>;

const listOf = async (member: Member) => (await member.call<List>('GET', '/protected-changes')).body;
const policyOf = async (member: Member) => (await member.call<PolicyView>('GET', '/policy')).body;
const changePolicy = async (
  member: Member,
  change: (document: PolicyDocument) => Partial<PolicyDocument>,
): Promise<Outcome> => {
  await member.prove();
  const { version: basedOn, document } = await policyOf(member);
  return member.call('PUT', '/policy', { basedOn, document: { ...document, ...change(document) } });
};
/** A weaker policy: no tier needs an approval. */
const weaken = (member: Member) =>
  changePolicy(member, ({ approvals }) => ({ approvals: { ...approvals, tiers: [] } }));
const idOf = ({ body }: Outcome): string => body.protectedChange?.id ?? 'none';
const decide = async (by: Member, id: string, decision: 'approve' | 'decline' = 'approve') => {
  await by.prove();
  return by.call<{ change: ProtectedChange; code?: string; detail?: string }>(
    'POST',
    `/protected-changes/${id}/decision`,
    { decision, reason: 'as agreed' },
  );
};
const withdraw = (by: Member, id: string) =>
  by.call<{ change: ProtectedChange; code?: string }>('DELETE', `/protected-changes/${id}`);
const patch = async (by: Member, id: string, body: object): Promise<Outcome> => {
  await by.prove();
  return by.call('PATCH', `/operators/${id}`, body);
};
const setState = async (by: Member, id: string, state: string): Promise<Outcome> => {
  await by.prove();
  return by.call('PUT', `/operators/${id}/state`, { state });
};
const operatorsOf = async (by: Member) =>
  (await by.call<{ operators: OperatorRow[] }>('GET', '/operators')).body.operators;
/** What was recorded about protected changes since the second administrator joined, whose invitation was the first. */
const actionsOf = async ({ backend }: StaffedDesk) => {
  const events = await backend.readAudit();
  const joined = events.findLast(({ action }) => action === 'operator.joined')?.seq ?? 0;
  return events
    .filter(({ seq, action }) => seq > joined && action.startsWith('protected-change.'))
    .map(({ action }) => action);
};
const mailsTo = async (by: Member, address: string) =>
  (
    await by.call<{ mails: { id: string; to: string; subject: string }[] }>('GET', '/outbox?limit=200')
  ).body.mails
    .filter(({ to }) => to === address)
    .map(({ subject }) => subject);

/** Waits until the address has got a mail with the subject. */
const expectMail = (by: Member, address: string, subject: string) =>
  expect.poll(() => mailsTo(by, address), { timeout: 20_000 }).toContain(subject);

const tookEffect = 'A change in Reset Desk took effect';
const needsApproval = 'A change in Reset Desk needs your approval';
const notEffective = 'Your change in Reset Desk did not take effect';

describe('a desk with a single administrator', () => {
  it('changes at once, says that nothing is protected, and records it', async ({ staffedDesk, ann }) => {
    expect(await listOf(ann)).toMatchObject({ protection: 'single', approvers: [] });
    expect((await weaken(ann)).status).toBe(200);
    expect((await policyOf(ann)).document.approvals.tiers).toEqual([]);
    const made = (await staffedDesk.backend.readAudit()).find(
      ({ action }) => action === 'protected-change.made',
    );
    expect(JSON.parse(made?.facts ?? '{}')).toEqual({
      act: 'changePolicy',
      fields: 'approvals.tiers',
      second: 'single',
      subject: null,
    });
  });

  it('is one where the other administrator cannot sign in, has a scope or is the same person', async ({
    staffedDesk,
    ann,
    bea,
  }) => {
    const { backend } = staffedDesk;
    const others: readonly (readonly [string, object])[] = [
      ['invited', { state: 'invited' }],
      ['disabled', { state: 'disabled' }],
      ['without a way to sign in', { password_hash: '' }],
      ['with a scope', { scope: JSON.stringify({ ...everyAccount, tiers: ['standard'] }) }],
      ['of another role', { roles: '["approver"]' }],
      ['the same person by address', { email: 'ann@example.com' }],
    ];
    await backend.changeRows((db) =>
      db.updateTable('operators').set({ email: 'Ann@Example.com' }).where('id', '=', ann.id).execute(),
    );
    const before = (await backend.readTables())['operators']?.find(({ id }) => id === bea.id) ?? {};
    expect((await listOf(ann)).protection).toBe('second-administrator');
    for (const [how, values] of others) {
      await backend.changeRows((db) =>
        db.updateTable('operators').set(values).where('id', '=', bea.id).execute(),
      );
      expect([how, (await listOf(ann)).protection]).toEqual([how, 'single']);
      await backend.changeRows((db) =>
        db.updateTable('operators').set(before).where('id', '=', bea.id).execute(),
      );
    }
    // Guesses at the name of the second administrator do not take them away.
    for (let wrong = 0; wrong < 12; wrong += 1)
      await backend.ask('POST', '/api/v1/session', { userName: 'bea', password: `wrong ${wrong}` });
    expect((await listOf(ann)).protection).toBe('second-administrator');
  });
});

describe('a change that weakens protection', () => {
  it('is shown to every administrator with what would change, and mailed to those who can approve it', async ({
    staffedDesk,
    ann,
    bea,
  }) => {
    const live = await followEvents(staffedDesk.backend, 'GET', '/live', {
      headers: { authorization: `Bearer ${bea.accessToken()}` },
    });
    const id = idOf(await weaken(ann));
    expect(await live.next()).toEqual({
      type: 'protected-change-proposed',
      changeId: id,
      operator: 'Ann Example',
    });
    live.leave();
    const [seen] = (await listOf(bea)).waiting;
    expect(seen).toMatchObject({
      id,
      act: 'changePolicy',
      fields: [{ name: 'approvals.tiers', from: '["privileged"]', to: '[]', secret: false }],
      proposedBy: 'Ann Example',
      own: false,
      obstacle: null,
      approvers: ['Bea Second'],
    });
    expect((await listOf(ann)).waiting).toMatchObject([{ id, own: true, obstacle: 'own-proposal' }]);
    await expectMail(ann, 'bea@example.com', needsApproval);
  });

  it('takes effect as it was proposed, and all administrators are told', async ({
    staffedDesk,
    ann,
    operator,
    bea,
  }) => {
    const changed = await patch(ann, operator.id, { email: 'new@example.com' });
    expect(changed.status).toBe(202);
    const live = await followEvents(staffedDesk.backend, 'GET', '/live', {
      headers: { authorization: `Bearer ${ann.accessToken()}` },
    });
    expect((await decide(bea, idOf(changed))).status).toBe(200);
    expect([await live.next(), await live.next()]).toMatchObject([
      { type: 'protected-change-settled', state: 'approved' },
      { type: 'protected-change-made', act: 'changeOperator', operator: 'Ann Example' },
    ]);
    live.leave();
    await expectMail(ann, 'bea@example.com', tookEffect);
    const made = (await staffedDesk.backend.readAudit()).find(({ action }) => action === 'operator.changed');
    expect(made?.actor_name).toBe('Ann Example');
  });

  it('tells an administrator at the address before as well', async ({ ann, bea }) => {
    const id = idOf(await patch(ann, bea.id, { email: 'bea.new@example.com' }));
    expect((await decide(bea, id)).status).toBe(200);
    for (const address of ['bea@example.com', 'bea.new@example.com'])
      await expectMail(ann, address, tookEffect);
  });

  it('is proposed once, however often it is sent', async ({ staffedDesk, ann, bea }) => {
    const [first, again] = [await weaken(ann), await weaken(ann)];
    expect(idOf(again)).toBe(idOf(first));
    expect(await actionsOf(staffedDesk)).toEqual(['protected-change.proposed']);
    expect((await listOf(bea)).waiting).toHaveLength(1);
  });

  it('is refused at once where it could never take effect', async ({ staffedDesk, ann, bea }) => {
    await ann.prove();
    const stale = { basedOn: 7, document: { ...(await policyOf(ann)).document, contactCoolDown: 0 } };
    expect((await ann.call('PUT', '/policy', stale)).body).toMatchObject({ code: 'request.conflict' });
    expect((await setState(ann, ann.id, 'disabled')).body.code).toBe('operator.self');
    const taken = { displayName: 'Bea Twice', userName: 'bea', roles: ['approver'], scope: everyAccount };
    expect((await ann.call('POST', '/operators', { ...taken, email: 'b2@example.com' })).body).toMatchObject({
      code: 'operator.user-name-taken',
    });
    expect((await listOf(bea)).waiting).toEqual([]);
    expect(await actionsOf(staffedDesk)).toEqual([]);
  });

  it('strengthens at once, and so does what changes nothing', async ({ staffedDesk, ann, bea: _joined }) => {
    const stronger = await changePolicy(ann, ({ bars }) => ({ bars: { ...bars, standard: 80 } }));
    expect([stronger.status, (await policyOf(ann)).document.bars.standard]).toEqual([200, 80]);
    const olga = (await operatorsOf(ann)).find(({ userName }) => userName === 'bea');
    expect((await patch(ann, olga?.id ?? '', { displayName: 'Bea Renamed' })).status).toBe(200);
    expect(await actionsOf(staffedDesk)).toEqual([]);
  });

  it('includes to turn the second administrator off', async ({ ann, bea }) => {
    const off = () =>
      changePolicy(ann, ({ protectedChanges }) => ({
        protectedChanges: { ...protectedChanges, secondAdministrator: false },
      }));
    const asked = await off();
    expect(asked.status).toBe(202);
    await decide(bea, idOf(asked));
    expect((await listOf(ann)).protection).toBe('off');
    expect((await weaken(ann)).status).toBe(200);
    await expectMail(ann, 'bea@example.com', tookEffect);
  });

  it('includes whatever leaves one administrator', async ({ ann, bea }) => {
    expect((await setState(ann, bea.id, 'disabled')).status).toBe(202);
    expect((await setState(ann, bea.id, 'removed')).status).toBe(202);
    expect((await patch(ann, bea.id, { roles: ['auditor'] })).status).toBe(202);
    const scope = { ...everyAccount, tiers: ['standard'] };
    expect((await patch(ann, bea.id, { scope })).status).toBe(202);
    expect((await ann.call('DELETE', `/operators/${bea.id}/second-factor`)).status).toBe(202);
    expect((await ann.call('POST', `/operators/${bea.id}/sessions/end`, {})).status).toBe(200);
    expect((await operatorsOf(ann)).find(({ userName }) => userName === 'bea')).toMatchObject({
      state: 'active',
      roles: ['administrator', 'auditor'],
    });
  });

  it('takes rights from other operators at once', async ({ ann, operator, approver, bea: _joined }) => {
    expect((await setState(ann, operator.id, 'disabled')).status).toBe(200);
    expect((await patch(ann, approver.id, { roles: ['operator'] })).status).toBe(202);
    const scope = { ...everyAccount, tiers: ['standard'] };
    expect((await patch(ann, approver.id, { scope })).status).toBe(200);
    expect((await patch(ann, approver.id, { scope: everyAccount })).status).toBe(202);
  });
});

describe('a waiting change', () => {
  it('is declined with a reason, which its proposer is mailed', async ({ staffedDesk, ann, bea }) => {
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

  it('is refused in words if what it rests on has changed', async ({ staffedDesk, ann, operator, bea }) => {
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

const inviteAs = async (by: Member, roles: readonly string[], userName: string): Promise<Outcome> => {
  await by.prove();
  return by.call('POST', '/operators', {
    displayName: `New ${userName}`,
    userName,
    email: `${userName}@example.com`,
    roles,
    scope: everyAccount,
  });
};

describe('the second administrator', () => {
  it('is not one whose rights the change raises', async ({ staffedDesk, ann, bea }) => {
    const { backend } = staffedDesk;
    const raise = { roles: ['administrator', 'auditor', 'approver'] };
    // Neither can raise the other's rights: the refusal says that a third administrator is needed, whom the other one may approve.
    expect((await patch(ann, bea.id, raise)).body.code).toBe('protected-change.third-needed');
    const raiseAnn = { roles: ['administrator', 'operator', 'approver', 'auditor'] };
    expect((await patch(bea, ann.id, raiseAnn)).body.code).toBe('protected-change.third-needed');
    const invited = idOf(await inviteAs(ann, ['administrator'], 'cleo'));
    await decide(bea, invited);
    await backend.changeRows((db) =>
      db
        .updateTable('operators')
        .set({ state: 'active', password_hash: 'x' })
        .where('user_name', '=', 'cleo')
        .execute(),
    );
    const id = idOf(await patch(ann, bea.id, raise));
    expect((await listOf(bea)).waiting).toMatchObject([{ obstacle: 'own-rights', approvers: ['New cleo'] }]);
    expect((await decide(bea, id)).body.code).toBe('protected-change.own-rights');
  });

  it('is another person than the proposer', async ({ staffedDesk, ann, bea }) => {
    const { backend } = staffedDesk;
    const third = idOf(await inviteAs(ann, ['administrator'], 'cleo'));
    await decide(bea, third);
    await backend.changeRows((db) =>
      db
        .updateTable('operators')
        .set({ state: 'active', password_hash: 'x' })
        .where('user_name', '=', 'cleo')
        .execute(),
    );
    const id = idOf(await weaken(ann));
    // As rows from before the rule about one person would have it.
    await backend.changeRows((db) =>
      db.updateTable('operators').set({ email: 'BEA@example.com' }).where('id', '=', ann.id).execute(),
    );
    expect((await decide(bea, id)).body.code).toBe('protected-change.own');
    expect((await policyOf(ann)).document.approvals.tiers).toEqual(['privileged']);
  });

  it('is not taken away by an account that has the names of both administrators', async ({
    staffedDesk,
    ann,
    bea,
  }) => {
    await staffedDesk.importRow({ userName: 'ann', displayName: 'Ann', email: 'bea@example.com' });
    // They are one person as far as the directory tells: neither approves the other's change, and none takes effect alone.
    expect((await weaken(ann)).body.code).toBe('protected-change.no-approver');
    expect((await weaken(bea)).body.code).toBe('protected-change.no-approver');
    expect((await policyOf(ann)).document.approvals.tiers).toEqual(['privileged']);
  });

  it('has no scope', async ({ staffedDesk, ann, bea }) => {
    const scope = JSON.stringify({ ...everyAccount, tiers: ['standard'] });
    const id = idOf(await weaken(ann));
    await staffedDesk.backend.changeRows((db) =>
      db.updateTable('operators').set({ scope }).where('id', '=', bea.id).execute(),
    );
    expect((await decide(bea, id)).body.code).toBe('session.not-permitted');
    // An administrator with a scope sees their own changes alone.
    expect(await listOf(bea)).toMatchObject({ waiting: [], protection: 'second-administrator' });
  });
});
