import type { MutantArea } from '../mutant.ts';

export const rows: MutantArea = {
  area: 'alert',
  mutants: [
    {
      id: 'alert-same-approver',
      rule: 'An alert for privileged accounts takes two approvers.',
      file: 'backend/casework/alert/alerts.ts',
      find: "if (await reads.isOwn(waiting, session, tx)) throw new Refusal('alert.same-approver');",
      replace: '',
      tests: ['test/api/attacks/attacks.test.ts'],
    },
    {
      id: 'alert-alone',
      rule: 'One approver alone does not raise an alert for privileged accounts.',
      file: 'backend/casework/alert/alerts.ts',
      find: "const isRaisedAlone = scope === 'all';",
      replace: 'const isRaisedAlone = true;',
      tests: ['test/api/attacks/attacks.test.ts'],
    },
    {
      id: 'alert-weak-checks',
      rule: 'Under an alert, a weak check is not offered.',
      file: 'backend/casework/decision/check-obstacle.ts',
      find: "if (alertRaised && policy.weakChecks.includes(kind)) return checkObstacle('weak-under-alert');",
      replace: '',
      tests: ['test/api/attacks/attacks.test.ts'],
    },
    {
      id: 'alert-weak-evidence',
      rule: 'Under an alert, a weak check that was passed before earns nothing.',
      file: 'backend/policy/assurance.ts',
      find: '!(alertRaised && policy.weakChecks.includes(kind))',
      replace: 'true',
      tests: ['backend/policy/assurance.test.ts'],
    },
    {
      id: 'alert-needs-approver',
      rule: 'Under an alert, a reset needs an approver.',
      file: 'backend/casework/decision/approval-reasons.ts',
      find: "if (alertRaised) reasons.push('raised-alert');",
      replace: '',
      tests: ['backend/casework/decision/approval-reasons.test.ts'],
    },
  ],
};
