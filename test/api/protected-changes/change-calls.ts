import { expect } from 'vitest';
import { everyAccount } from '../../../shared/api/operator.ts';
import type { OperatorRow } from '../../../shared/api/operators.ts';
import type { PolicyDocument } from '../../../shared/api/policy.ts';
import type { PolicyView } from '../../../shared/api/policy-calls.ts';
import type { ProposedAnswer, ProtectedChange } from '../../../shared/api/protected-change-view.ts';
import type { ProtectionState } from '../../../shared/api/protected-change.ts';
import type { Answer } from '../../backend/desk-call.ts';
import type { Member, StaffedDesk } from '../../backend/staffed-desk.ts';
import { staffedTest } from '../../fixtures/api.ts';

export const hour = 3_600_000;
/** A test with two administrators, Ann and Bea. */
export const twoAdministratorsTest = staffedTest
  .extend('ann', ({ administrator }) => administrator)
  .extend('bea', ({ staffedDesk }) => staffedDesk.hire('bea', 'Bea Second', ['administrator', 'auditor']));

interface List {
  readonly waiting: ProtectedChange[];
  readonly settled: ProtectedChange[];
  readonly protection: ProtectionState;
  readonly approvers: string[];
}
type Outcome = Answer<Partial<ProposedAnswer> & { readonly code?: string; readonly detail?: string }>;

export const listOf = async (member: Member) => (await member.call<List>('GET', '/protected-changes')).body;
export const policyOf = async (member: Member) => (await member.call<PolicyView>('GET', '/policy')).body;
export const changePolicy = async (
  member: Member,
  change: (document: PolicyDocument) => Partial<PolicyDocument>,
): Promise<Outcome> => {
  await member.prove();
  const { version: basedOn, document } = await policyOf(member);
  return member.call('PUT', '/policy', { basedOn, document: { ...document, ...change(document) } });
};
/** A weaker policy: no tier needs an approval. */
export const weaken = (member: Member) =>
  changePolicy(member, ({ approvals }) => ({ approvals: { ...approvals, tiers: [] } }));
export const idOf = ({ body }: Outcome): string => body.protectedChange?.id ?? 'none';
export const decide = async (by: Member, id: string, decision: 'approve' | 'decline' = 'approve') => {
  await by.prove();
  return by.call<{ change: ProtectedChange; code?: string; detail?: string }>(
    'POST',
    `/protected-changes/${id}/decision`,
    { decision, reason: 'as agreed' },
  );
};
export const withdraw = (by: Member, id: string) =>
  by.call<{ change: ProtectedChange; code?: string }>('DELETE', `/protected-changes/${id}`);
export const patch = async (by: Member, id: string, body: object): Promise<Outcome> => {
  await by.prove();
  return by.call('PATCH', `/operators/${id}`, body);
};
export const setState = async (by: Member, id: string, state: string): Promise<Outcome> => {
  await by.prove();
  return by.call('PUT', `/operators/${id}/state`, { state });
};
export const operatorsOf = async (by: Member) =>
  (await by.call<{ operators: OperatorRow[] }>('GET', '/operators')).body.operators;
/** The recorded actions about protected changes since the second administrator joined, whose invitation was the first. */
export const actionsOf = async ({ backend }: StaffedDesk) => {
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

/** Waits until the address has received a mail with the subject. */
export const expectMail = (by: Member, address: string, subject: string) =>
  expect.poll(() => mailsTo(by, address), { timeout: 20_000 }).toContain(subject);

export const tookEffect = 'A change in Reset Desk took effect';
export const needsApproval = 'A change in Reset Desk needs your approval';
export const notEffective = 'Your change in Reset Desk did not take effect';

export const inviteAs = async (by: Member, roles: readonly string[], userName: string): Promise<Outcome> => {
  await by.prove();
  return by.call('POST', '/operators', {
    displayName: `New ${userName}`,
    userName,
    email: `${userName}@example.com`,
    roles,
    scope: everyAccount,
  });
};
