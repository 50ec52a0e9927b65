import type { MutantArea } from '../mutant.ts';

export const rows: MutantArea = {
  area: 'dropped files',
  mutants: [
    {
      id: 'dropped-path',
      rule: 'The page cannot name a file of the computer: the preload keeps the call for dropped files.',
      file: 'electron/preload/preload.ts',
      find: '.filter((name) => !preloadOnly.has(channel(group, name)))',
      replace: '.filter((name) => name.length > 0)',
      tests: ['electron/bridge/ipc-fuzz.test.ts'],
    },
    {
      id: 'dropped-named',
      rule: 'No call of the page takes a path.',
      file: 'shared/bridge/channels.ts',
      find: "new Set([channel('imports', 'dropped')])",
      replace: 'new Set()',
      tests: ['electron/bridge/ipc-fuzz.test.ts'],
    },
    {
      id: 'link-fetched-once',
      rule: 'The first fetch of an operator link is recorded, and later ones are not.',
      file: 'backend/operators/operator-links.ts',
      find: 'if (link.fetched_at === null && fetchedBy !== null) {',
      replace: 'if (fetchedBy !== null) {',
      tests: ['test/pages/scanners.test.ts'],
    },
  ],
};
