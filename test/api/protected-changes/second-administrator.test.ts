import { describe, expect } from 'vitest';
import { everyAccount } from '../../../shared/api/operator.ts';
import {
  decide,
  idOf,
  inviteAs,
  listOf,
  patch,
  policyOf,
  weaken,
  twoAdministratorsTest as it,
} from './change-calls.ts';

describe('the second administrator', () => {
  it('is not one whose rights the change raises', async ({ staffedDesk, ann, bea }) => {
    const { backend } = staffedDesk;
    const raise = { roles: ['administrator', 'auditor', 'approver'] };
    // Neither can raise the other's rights. The refusal says that a third administrator is needed, whom the other one may approve.
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
    // Rows from before the rule about one person.
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
    // According to the directory they are one person, so neither approves the other's change, and no change takes effect alone.
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
    // An administrator with a scope sees only their own changes.
    expect(await listOf(bea)).toMatchObject({ waiting: [], protection: 'second-administrator' });
  });
});
