import type { MutantArea } from '../mutant.ts';

export const rows: MutantArea = {
  area: 'search',
  mutants: [
    {
      id: 'search-exact-first',
      rule: 'An exact match comes first.',
      file: 'backend/accounts/search/account-search.ts',
      find: '[...hits.filter(({ exact }) => exact), ...hits.filter(({ exact }) => !exact)]',
      replace: 'hits',
      tests: ['backend/accounts/search/account-search.test.ts'],
    },
    {
      id: 'search-more',
      rule: 'A search says that there is more.',
      file: 'backend/accounts/search/account-search.ts',
      find: 'more: found.length > limit',
      replace: 'more: false',
      tests: ['backend/accounts/search/account-search.test.ts'],
    },
  ],
};
