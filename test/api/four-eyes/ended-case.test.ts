import { describe, expect } from 'vitest';
import { staffedTest } from '../../fixtures/api.ts';

const minute = 60_000;

describe('a request for an approval', () => {
  staffedTest('cannot be decided once its case has ended', async ({ staffedDesk, operator, approver }) => {
    const anyTier = ['standard', 'sensitive', 'privileged'] as const;
    await staffedDesk.changePolicy(({ approvals, case: limits }) => ({
      approvals: { ...approvals, tiers: [...anyTier] },
      case: { ...limits, idle: 5 * 60 },
    }));
    const opened = await operator.openCase('m.okafor');
    const { body } = await operator.startCode(opened.id);
    await operator.readBack(body.case, await staffedDesk.lastCode());
    const path = `/cases/${opened.id}/approvals`;
    const asked = await operator.call('POST', path, { action: 'temporary-password' });
    expect(asked.status).toBe(200);
    staffedDesk.backend.clock.at += 6 * minute;
    await approver.prove();
    const waiting = await approver.call<{ waiting: { id: string }[] }>('GET', '/approvals');
    const [approval] = waiting.body.waiting;
    const decided = await approver.call<{ code: string }>('POST', `/approvals/${approval?.id}/decision`, {
      decision: 'approve',
      reason: 'I know the caller.',
    });
    expect(decided.body.code).toBe('case.expired');
  });
});
