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
    {
      id: 'pack-events',
      rule: 'Each event of a pack has its hash.',
      file: 'backend/audit/evidence-pack/sign-pack.ts',
      find: "if (changed) return { report, keyId, fault: { kind: 'event', seq: changed.seq } };",
      replace: '',
      tests: ['backend/audit/evidence-pack/sign-pack.test.ts'],
    },
    {
      id: 'pack-signature',
      rule: 'A pack is signed.',
      file: 'backend/audit/evidence-pack/sign-pack.ts',
      find: "isSignedBy(key, textOf(report), signature) ? null : { kind: 'signature' }",
      replace: 'null',
      tests: ['backend/audit/evidence-pack/sign-pack.test.ts'],
    },
    {
      id: 'pack-other-key',
      rule: 'A pack is checked against the key that the reader knows.',
      file: 'backend/audit/evidence-pack/sign-pack.ts',
      find: 'publicKey ?? report.publicKey',
      replace: 'report.publicKey',
      tests: ['backend/audit/evidence-pack/sign-pack.test.ts'],
    },
    {
      id: 'pack-covers-events',
      rule: "An evidence pack's signature covers its events.",
      file: 'backend/audit/evidence-pack/sign-pack.ts',
      find: '${canonical(report)}`',
      replace: '${canonical({ ...report, events: [] })}`',
      tests: ['backend/audit/evidence-pack/sign-pack.test.ts'],
    },
  ],
};
