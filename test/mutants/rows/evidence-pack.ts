import type { MutantArea } from '../mutant.ts';

export const rows: MutantArea = {
  area: 'evidence pack',
  mutants: [
    {
      id: 'pack-covers-lists',
      rule: 'The signature of a pack covers every list.',
      file: 'backend/audit/evidence-pack/sign-pack.ts',
      find: "`[${value.map(canonical).join(',')}]`",
      replace: "`[${value.slice(0, 1).map(canonical).join(',')}]`",
      tests: ['backend/audit/evidence-pack/sign-pack.test.ts'],
    },
    {
      id: 'pack-recorded',
      rule: 'Issuing a pack is recorded.',
      file: 'backend/audit/evidence-pack/evidence-packs.ts',
      find: "action: 'evidence-pack.issued'",
      replace: "action: 'audit.exported'",
      tests: ['test/api/audit/evidence-pack.test.ts'],
    },
  ],
};
