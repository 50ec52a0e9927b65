import type { MutantArea } from '../mutant.ts';

const tests = ['test/api/cases/desk-lists.test.ts'];

export const rows: MutantArea = {
  area: 'start-page',
  mutants: [
    {
      id: 'start-page-locked-scope',
      rule: 'The start page lists no locked account outside the operator’s scope.',
      file: 'backend/casework/cases/desk-lists.ts',
      find: '> ${at})`)\n    .where(withinScope(operator));',
      replace: '> ${at})`);',
      tests,
    },
    {
      id: 'start-page-lock-ends',
      rule: 'A lock after wrong passwords leaves the start page when it ends.',
      file: 'backend/casework/cases/desk-lists.ts',
      find: 'accounts.locked_since + ${lockFor * 1000} end',
      replace: 'accounts.locked_since + ${lockFor * 1000000} end',
      tests,
    },
    {
      id: 'cases-without-reset',
      rule: 'The list of cases without a reset has none with one.',
      file: 'backend/casework/cases/case-rows.ts',
      find: "where('cases.state', '!=', 'refused'), where.not(isDone)",
      replace: "where('cases.state', '!=', 'refused')",
      tests,
    },
  ],
};
