import type { MutantArea } from '../mutant.ts';

const tests = ['test/api/resets/secrets-in-memory.test.ts'];

export const rows: MutantArea = {
  area: 'secrets in memory',
  mutants: [
    {
      id: 'memory-wiped',
      rule: 'A temporary password is overwritten once it was handed over.',
      file: 'backend/app/composition/casework.ts',
      find: 'createExpiringMap(now, (secret) => secret.wipe())',
      replace: 'createExpiringMap(now)',
      tests,
    },
    {
      id: 'memory-json',
      rule: 'A secret is redacted in JSON.',
      file: 'shared/secret/secret.ts',
      find: '  toJSON(): string {\n    return redacted;',
      replace: '  toJSON(): string {\n    return this.expose();',
      tests,
    },
  ],
};
