import type { MutantArea } from '../mutant.ts';

export const rows: MutantArea = {
  area: 'recent proofs',
  mutants: [
    {
      id: 'proof-asked',
      rule: 'A call that weakens a protection asks for a recent proof.',
      file: 'backend/web/http/request-session.ts',
      find: "proof === 'recent' && !(await isProved(session))",
      replace: 'false',
      tests: ['test/api/operators/recent-proofs.test.ts'],
    },
    {
      id: 'proof-recorded',
      rule: 'A call without the proof that it needs is recorded.',
      file: 'backend/web/http/request-session.ts',
      find: 'await refusedCalls.notPermitted(originOf(request, session), call, code);',
      replace: '',
      tests: ['test/api/operators/recent-proofs.test.ts'],
    },
    {
      id: 'proof-policy',
      rule: 'A change of the policy asks for a proof.',
      file: 'shared/api/policy-calls.ts',
      find: "  proof: 'recent',\n",
      replace: '',
      tests: ['test/api/operators/recent-proofs.test.ts'],
    },
    {
      id: 'proof-mail',
      rule: 'A change of the mail settings asks for a proof.',
      file: 'shared/api/mail.ts',
      find: "  proof: 'recent',\n",
      replace: '',
      tests: ['test/api/operators/recent-proofs.test.ts'],
    },
    {
      id: 'proof-flag',
      rule: 'Clearing a flag asks for a proof.',
      file: 'shared/api/flag.ts',
      find: "  proof: 'recent',\n",
      replace: '',
      tests: ['test/api/operators/recent-proofs.test.ts'],
    },
    {
      id: 'proof-freeze',
      rule: 'Lifting a freeze asks for a proof.',
      file: 'shared/api/freeze.ts',
      find: "  proof: 'recent',\n",
      replace: '',
      tests: ['test/api/operators/recent-proofs.test.ts'],
    },
  ],
};
