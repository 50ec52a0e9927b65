import type { MutantArea } from '../mutant.ts';

export const rows: MutantArea = {
  area: 'CSRF and headers',
  mutants: [
    {
      id: 'csrf-cross-site',
      rule: 'A form of another site is refused.',
      file: 'backend/web/pages/same-origin.ts',
      find: "if (site !== 'same-origin' && site !== 'none') throw new CrossOriginForm();",
      replace: '',
      tests: ['test/api/cases/main-job.test.ts', 'test/pages/pages.test.ts'],
    },
    {
      id: 'page-escapes',
      rule: 'What was typed is shown as text.',
      file: 'backend/web/pages/markup.ts',
      find: 'replaceAll(/[&<>"\']/g, (character) => entities[character] ?? character)',
      replace: "replaceAll('&', '&amp;')",
      tests: ['test/api/cases/main-job.test.ts', 'test/pages/pages.test.ts'],
    },
  ],
};
