import type { MutantArea } from '../mutant.ts';

const tests = ['test/api/verification/wrong-codes-of-ended-cases.test.ts'];
const file = 'backend/casework/decision/read-memory.ts';

export const rows: MutantArea = {
  area: 'wrong codes',
  mutants: [
    {
      id: 'wrong-codes-counted',
      rule: 'Wrong codes of a case that ended without a result count toward the limit of the account.',
      file: 'backend/casework/decision/memory.ts',
      find: '    ...unfinishedChecks,\n  ].filter',
      replace: '  ].filter',
      tests,
    },
    {
      id: 'wrong-codes-passed',
      rule: 'Wrong codes before the right one do not count.',
      file,
      find: "['passed', 'failed']",
      replace: "['failed']",
      tests,
    },
    {
      id: 'wrong-codes-twice',
      rule: 'A check that used up its tries counts once.',
      file,
      find: "['passed', 'failed']",
      replace: "['passed']",
      tests,
    },
    {
      id: 'wrong-codes-own-case',
      rule: 'Wrong codes of other cases are read.',
      file,
      find: 'anyWrongCode || others.length > 0 ?',
      replace: 'anyWrongCode && others.length > 0 ?',
      tests,
    },
  ],
};
