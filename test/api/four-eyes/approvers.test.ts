import { describe, expect } from 'vitest';
import type { CaseView } from '../../../shared/api/case.ts';
import { staffedTest } from '../../fixtures/api.ts';
import type { Member, StaffedDesk } from '../../backend/staffed-desk.ts';

const minute = 60_000;

/** A verified case of this operator, which needs an approval because every tier does. */
const openVerified = async ({ lastCode, changePolicy }: StaffedDesk, operator: Member): Promise<CaseView> => {
  await changePolicy(({ approvals }) => ({
    approvals: { ...approvals, tiers: ['standard', 'sensitive', 'privileged'] },
  }));
  await operator.prove();
  const opened = await operator.openCase('m.okafor');
  const started = await operator.startCode(opened.id);
  return (await operator.readBack(started.body.case, await lastCode())).body.case;
};
const ask = async (operator: Member, { id }: CaseView) =>
  (await operator.call<CaseView>('POST', `/cases/${id}/approvals`, { action: 'temporary-password' })).body;
const approversIn = async (operator: Member, { id }: CaseView) =>
  (await operator.call<CaseView>('GET', `/cases/${id}`)).body.approval.approvers;
const withdraw = (operator: Member, view: CaseView, approvalId = view.approval.request?.id ?? '') =>
  operator.call<CaseView & { code?: string }>(
    'POST',
    `/cases/${view.id}/approvals/${approvalId}/withdrawal`,
    {},
  );

describe('a case that needs an approval', () => {
  const it = staffedTest;

  it('says that no approver exists, before and while its request waits', async ({
    staffedDesk,
    operator,
  }) => {
    const view = await openVerified(staffedDesk, operator);
    expect(view.approval.approvers).toEqual({ state: 'none', lastSeenAt: null });
    expect((await ask(operator, view)).approval.approvers?.state).toBe('none');
  });

  it('says so where the only approver is the operator of the case', async ({ staffedDesk, approver }) => {
    const view = await openVerified(staffedDesk, approver);
    expect(view.approval.approvers?.state).toBe('none');
  });

  it('says when an approver was last seen unless one is signed in', async ({
    staffedDesk,
    operator,
    approver,
  }) => {
    const view = await openVerified(staffedDesk, operator);
    await approver.renew();
    const seenAt = staffedDesk.backend.clock.at;
    await approver.call('GET', '/session');
    expect(await approversIn(operator, view)).toEqual({ state: 'signed-in', lastSeenAt: null });
    staffedDesk.backend.clock.at += 6 * minute;
    const away = await approversIn(operator, view);
    expect(away?.state).toBe('away');
    expect(Date.parse(away?.lastSeenAt ?? '')).toBeLessThanOrEqual(seenAt);
    expect(Date.parse(away?.lastSeenAt ?? '')).toBeGreaterThan(seenAt - 10 * minute);
  });

  it('leaves out approvers whose scope does not have the account', async ({ staffedDesk, operator }) => {
    await staffedDesk.hire('petra', 'Petra Approver', ['approver'], { tiers: ['privileged'] });
    const view = await openVerified(staffedDesk, operator);
    expect(view.approval.approvers?.state).toBe('none');
  });

  it('leaves out approvers who are disabled', async ({ staffedDesk, operator, approver }) => {
    await staffedDesk.ann.prove();
    const { status } = await staffedDesk.ann.call('PUT', `/operators/${approver.id}/state`, {
      state: 'disabled',
    });
    expect(status).toBe(200);
    const view = await openVerified(staffedDesk, operator);
    expect(view.approval.approvers?.state).toBe('none');
  });

  it('says nothing about approvers where none is needed', async ({ operator }) => {
    const view = await operator.openCase('m.okafor');
    expect(view.approval).toMatchObject({ needed: [], approvers: null });
  });
});

describe('a request that waits', () => {
  const it = staffedTest;

  it('can be made again after its operator has withdrawn it', async ({ staffedDesk, operator, approver }) => {
    const view = await ask(operator, await openVerified(staffedDesk, operator));
    const { status, body } = await withdraw(operator, view);
    expect({ status, state: body.approval.request?.state }).toEqual({ status: 200, state: 'withdrawn' });
    expect((await approver.call<{ waiting: [] }>('GET', '/approvals')).body.waiting).toEqual([]);
    expect(
      (await staffedDesk.backend.readAudit()).filter(({ action }) => action === 'approval.withdrawn'),
    ).toEqual([expect.objectContaining({ actor_name: 'Olga Operator' })]);
    staffedDesk.backend.clock.at += 1000;
    expect((await ask(operator, view)).approval.request?.state).toBe('pending');
  });

  it('is withdrawn once by its own operator alone', async ({ staffedDesk, operator }) => {
    const view = await ask(operator, await openVerified(staffedDesk, operator));
    const otto = await staffedDesk.hire('otto', 'Otto Other', ['operator']);
    expect((await withdraw(otto, view)).body.code).toBe('case.not-yours');
    expect((await withdraw(operator, view, 'none')).body.code).toBe('approval.not-found');
    expect((await withdraw(operator, view)).status).toBe(200);
    expect((await withdraw(operator, view)).body.code).toBe('approval.settled');
  });

  it('cannot be withdrawn once it was approved', async ({ staffedDesk, operator, approver }) => {
    const view = await ask(operator, await openVerified(staffedDesk, operator));
    await approver.prove();
    await approver.call('POST', `/approvals/${view.approval.request?.id ?? ''}/decision`, {
      decision: 'approve',
      reason: 'I know the caller',
    });
    expect((await withdraw(operator, view)).body.code).toBe('approval.settled');
  });
});
