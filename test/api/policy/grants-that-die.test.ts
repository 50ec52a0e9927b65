import { describe, expect } from 'vitest';
import type { CaseView } from '../../../shared/api/case.ts';
import { policyRules, type PolicyRule } from '../../../shared/api/policy-rules.ts';
import type { PolicyDocument } from '../../../shared/api/policy.ts';
import type { PolicyView } from '../../../shared/api/policy-calls.ts';
import type { Member, StaffedDesk } from '../../backend/staffed-desk.ts';
import { sharedDeskTest } from '../../fixtures/api.ts';

const action = 'temporary-password';

/** A case of the operator whose caller has read back the emailed code. Each test uses a different account. */
async function verify(desk: StaffedDesk, by: Member, account: string): Promise<CaseView> {
  desk.backend.clock.at += 1000;
  const { body } = await by.startCode((await by.openCase(account)).id);
  return (await by.readBack(body.case, await desk.lastCode())).body.case;
}

const it = sharedDeskTest.extend('verified', { scope: 'file' }, ({ staffedDesk, operator }) =>
  verify(staffedDesk, operator, 'E10010'),
);

/** Another valid value of a rule, next to the current one. */
function otherValue({ path, kind, least, most }: PolicyRule, document: PolicyDocument): unknown {
  let value: unknown = document;
  for (const name of path.split('.'))
    value = (value as Readonly<Record<string, unknown>> | undefined)?.[name];
  if (kind === 'amounts') return [...(value as number[]), least ?? 0];
  const amount = typeof value === 'number' ? value : (least ?? 0) - 1;
  return amount < (most ?? amount) ? amount + 1 : amount - 1;
}

const withRule = (document: PolicyDocument, path: string, value: unknown): PolicyDocument => {
  const copy = structuredClone(document) as unknown as Record<string, unknown>;
  const names = path.split('.');
  let place = copy;
  for (const name of names.slice(0, -1)) place = (place[name] ??= {}) as Record<string, unknown>;
  place[names.at(-1) ?? ''] = value;
  return copy as unknown as PolicyDocument;
};

async function changeTo({ ann }: StaffedDesk, change: (document: PolicyDocument) => PolicyDocument) {
  await ann.prove();
  const { body } = await ann.call<PolicyView>('GET', '/policy');
  const answer = await ann.call('PUT', '/policy', {
    basedOn: body.version,
    document: change(body.document),
  });
  expect(answer.status).toBe(200);
  return body.document;
}

const bounded = policyRules.filter(({ kind }) => kind === 'amount' || kind === 'amounts');
let press = 0;

describe('after a change of the policy', () => {
  it.for(bounded.map((rule) => [rule.path, rule] as const))(
    'a grant from before is refused: %s',
    async ([path, rule], { staffedDesk, operator, verified }) => {
      await operator.prove();
      const minted = await operator.mint(verified.id, action);
      expect([minted.status, minted.body.code]).toEqual([200, undefined]);
      const before = await changeTo(staffedDesk, (document) =>
        withRule(document, path, otherValue(rule, document)),
      );
      const used = await operator.reset(verified.id, minted.body.id, action, `dead-grant-${(press += 1)}`);
      await changeTo(staffedDesk, () => before);
      // A stricter bar is reported first.
      expect(['grant.policy-changed', 'assurance.not-enough']).toContain(used.body.code);
    },
  );

  it.for([
    ['bars.standard', 61],
    ['points.emailed-code', 59],
    ['factors.standard', 2],
  ] as const)(
    'the points of a running case are counted by the new policy: %s',
    async ([path, value], { staffedDesk, operator, verified }) => {
      await operator.prove();
      const before = await changeTo(staffedDesk, (document) => withRule(document, path, value));
      expect((await operator.mint(verified.id, action)).body.code).toBe('assurance.not-enough');
      await changeTo(staffedDesk, () => before);
      expect((await operator.mint(verified.id, action)).status).toBe(200);
    },
  );

  it('an approval from before counts no more', async ({ staffedDesk, operator, approver }) => {
    const everyTier = (document: PolicyDocument) =>
      withRule(document, 'approvals.tiers', ['standard', 'sensitive', 'privileged']);
    const before = await changeTo(staffedDesk, everyTier);
    const view = await verify(staffedDesk, operator, 'm.okafor');
    const ask = () =>
      operator.call<CaseView & { code?: string }>('POST', `/cases/${view.id}/approvals`, { action });
    const asked = await ask();
    await staffedDesk.ann.prove();
    const queue = await approver.call<{ waiting: { id: string }[] }>('GET', '/approvals');
    await approver.prove();
    const approved = await approver.call('POST', `/approvals/${queue.body.waiting[0]?.id ?? ''}/decision`, {
      decision: 'approve',
      reason: 'known to me',
    });
    expect([asked.status, approved.status]).toEqual([200, 200]);
    expect((await operator.mint(view.id, action)).status).toBe(200);
    await changeTo(staffedDesk, (document) => withRule(document, 'contactCoolDown', 1));
    expect((await operator.mint(view.id, action)).body.code).toBe('approval.needed');
    await changeTo(staffedDesk, () => before);
  });
});
