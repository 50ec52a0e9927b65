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
      id: 'search-enter',
      rule: 'Enter never opens the first hit of an older search.',
      file: 'renderer/parts/search/account-search.tsx',
      find: 'if (fresh()) void open(hits[selected]);',
      replace: 'if (hits.length > 0) void open(hits[selected]);',
      tests: ['renderer/parts/search/account-search.test.tsx'],
    },
    {
      id: 'search-recency',
      rule: 'A late answer to an older text never replaces a newer one.',
      file: 'renderer/parts/search/use-account-search.ts',
      find: 'if (request < shown.current) return;',
      replace: '',
      tests: ['renderer/parts/search/account-search.test.tsx'],
    },
    {
      id: 'search-emptied',
      rule: 'An emptied field shows no late answer.',
      file: 'renderer/parts/search/use-account-search.ts',
      find: "return typed === '' ? { found: null, failure: null, fresh } : { found, failure, fresh };",
      replace: 'return { found, failure, fresh };',
      tests: ['renderer/parts/search/account-search.test.tsx'],
    },
    {
      id: 'search-enter-forgotten',
      rule: 'An Enter before more was typed opens nothing.',
      file: 'renderer/parts/search/account-search.tsx',
      find: '          enterWaits.current = false;\n          setText',
      replace: '          setText',
      tests: ['renderer/parts/search/account-search.test.tsx'],
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
