import { describe, expect } from 'vitest';
import { everyAccount } from '../../../shared/api/operator.ts';
import { followEvents } from '../../backend/follow-events.ts';
import {
  actionsOf,
  changePolicy,
  decide,
  expectMail,
  idOf,
  listOf,
  needsApproval,
  operatorsOf,
  patch,
  policyOf,
  setState,
  tookEffect,
  weaken,
  twoAdministratorsTest as it,
} from './change-calls.ts';

describe('a desk with a single administrator', () => {
  it('changes at once with a record that nothing is protected', async ({ staffedDesk, ann }) => {
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
    const before = (await backend.readTable('operators')).find(({ id }) => id === bea.id) ?? {};
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
    // Guesses with the second administrator's name do not remove the protection.
    for (let wrong = 0; wrong < 12; wrong += 1)
      await backend.ask('POST', '/api/v1/session', { userName: 'bea', password: `wrong ${wrong}` });
    expect((await listOf(ann)).protection).toBe('second-administrator');
  });
});

describe('a change that weakens protection', () => {
  it('is shown to every administrator with what would change', async ({ staffedDesk, ann, bea }) => {
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

  it('takes effect as it was proposed', async ({ staffedDesk, ann, operator, bea }) => {
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

  it('is mailed to the old address of an administrator too', async ({ ann, bea }) => {
    const id = idOf(await patch(ann, bea.id, { email: 'bea.new@example.com' }));
    expect((await decide(bea, id)).status).toBe(200);
    for (const address of ['bea@example.com', 'bea.new@example.com'])
      await expectMail(ann, address, tookEffect);
  });

  it('is proposed once for any number of equal calls', async ({ staffedDesk, ann, bea }) => {
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

  it('does not wait if it strengthens or changes nothing', async ({ staffedDesk, ann, bea: _joined }) => {
    const stronger = await changePolicy(ann, ({ bars }) => ({ bars: { ...bars, standard: 80 } }));
    expect([stronger.status, (await policyOf(ann)).document.bars.standard]).toEqual([200, 80]);
    const olga = (await operatorsOf(ann)).find(({ userName }) => userName === 'bea');
    expect((await patch(ann, olga?.id ?? '', { displayName: 'Bea Renamed' })).status).toBe(200);
    expect(await actionsOf(staffedDesk)).toEqual([]);
  });

  it('can be the one that turns the second administrator off', async ({ ann, bea }) => {
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

  it('is any change that leaves one administrator', async ({ ann, bea }) => {
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
