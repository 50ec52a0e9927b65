import type { MutantArea } from '../mutant.ts';

const tests = ['test/api/resets/secrets-in-memory.test.ts'];

export const rows: MutantArea = {
  area: 'secrets in memory',
  mutants: [
    {
      id: 'refresh-token-hashed',
      rule: 'A refresh token that was exchanged is stored as a hash.',
      file: 'backend/operators/refresh-tokens.ts',
      find: '.values({ token_hash: given, session_id: row.id })',
      replace: '.values({ token_hash: refreshToken, session_id: row.id })',
      tests: ['test/api/access/secrets-at-rest.test.ts'],
    },
    {
      id: 'stored-secrets-sealed',
      rule: 'A stored secret of another server is sealed.',
      file: 'backend/store/settings.ts',
      find: 'put(tx, name, sealed.seal(name, given), 1)',
      replace: 'put(tx, name, given, 1)',
      tests: ['test/api/access/secrets-at-rest.test.ts'],
    },
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
