import type { MutantArea } from '../mutant.ts';

export const rows: MutantArea = {
  area: 'lint rules',
  mutants: [
    {
      id: 'lint-console-axios',
      rule: 'The console reaches servers through one wrapper.',
      file: '.oxlintrc.json',
      find: '"excludeFiles": ["electron/services/reset-api/**",',
      replace: '"excludeFiles": ["electron/**",',
      tests: ['build/lint-rules.test.ts'],
    },
  ],
};
