import type { MutantArea } from '../mutant.ts';

const parseTests = ['electron/features/deep-links/parse-deep-link.test.ts'];
const linkTests = ['electron/features/deep-links/deep-links.test.ts'];

export const rows: MutantArea = {
  area: 'deep links',
  mutants: [
    {
      id: 'link-unseen',
      rule: 'A link with characters that cannot be seen is refused.',
      file: 'shared/bridge/deep-link.ts',
      find: '!unseen.test(text)',
      replace: "text !== ''",
      tests: parseTests,
    },
    {
      id: 'link-unknown-parameter',
      rule: 'A link with an unknown parameter is refused.',
      file: 'electron/features/deep-links/parse-deep-link.ts',
      find: '[...query.keys()].every((name) => names.includes(name))',
      replace: 'names.length >= 0 || query.size > 0',
      tests: parseTests,
    },
    {
      id: 'link-repeated-parameter',
      rule: 'A link with a repeated parameter is refused.',
      file: 'electron/features/deep-links/parse-deep-link.ts',
      find: 'found.has(name) || ',
      replace: '',
      tests: parseTests,
    },
    {
      id: 'link-length',
      rule: 'A link that is too long is refused.',
      file: 'electron/features/deep-links/parse-deep-link.ts',
      find: '  .max(maxLength)\n',
      replace: '',
      tests: parseTests,
    },
    {
      id: 'link-encoding',
      rule: 'A link with a broken encoding is refused, and ends nothing.',
      file: 'electron/features/deep-links/parse-deep-link.ts',
      find: 'if (thrown instanceof URIError) return null;',
      replace: '',
      tests: parseTests,
    },
    {
      id: 'link-several',
      rule: 'A command line with several links opens none.',
      file: 'electron/features/deep-links/parse-deep-link.ts',
      find: 'links.length === 1 ?',
      replace: 'links.length >= 1 ?',
      tests: parseTests,
    },
    {
      id: 'link-locked',
      rule: 'The page gets no link while the console is locked.',
      file: 'electron/features/deep-links/deep-links.ts',
      find: '      session.assertUsable();\n',
      replace: '',
      tests: linkTests,
    },
    {
      id: 'link-policy',
      rule: 'Links are refused where the organisation has switched them off.',
      file: 'electron/features/deep-links/deep-links.ts',
      find: 'isAllowed ? parseDeepLink(text) : null',
      replace: 'parseDeepLink(text)',
      tests: linkTests,
    },
    {
      id: 'link-stale',
      rule: 'A link waits for a limited time.',
      file: 'electron/features/deep-links/deep-links.ts',
      find: 'waiting !== null && waiting.until > now()',
      replace: 'waiting !== null',
      tests: linkTests,
    },
    {
      id: 'link-at-case',
      rule: 'A link does not take the operator away from a case.',
      file: 'renderer/app/shell/use-deep-link.ts',
      find: 'if (isOpen && isResting(routeNow.current)) follow(answer.value);',
      replace: 'if (isOpen) follow(answer.value);',
      tests: ['renderer/app/shell/use-deep-link.test.tsx'],
    },
    {
      id: 'link-ticket',
      rule: 'The ticket of a link goes into the case that the operator opens.',
      file: 'renderer/parts/search/account-search.tsx',
      find: '...(ticket !== null && { ticket })',
      replace: '',
      tests: ['renderer/parts/search/account-search.test.tsx'],
    },
  ],
};
