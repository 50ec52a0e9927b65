import type { MutantArea } from '../mutant.ts';

export const rows: MutantArea = {
  area: 'store',
  mutants: [
    {
      id: 'store-refusal-recorded',
      rule: 'A refused attempt is recorded.',
      file: 'backend/store/refusal-audit.ts',
      find: 'if (thrown instanceof Refusal) {',
      replace: 'if (thrown === null) {',
      tests: ['backend/store/store.test.ts', 'test/api/attacks/attacks.test.ts'],
    },
    {
      id: 'store-refusal-unknown-case',
      rule: 'The record of a refused attempt names no case that does not exist.',
      file: 'backend/store/refusal-audit.ts',
      find: 'caseId: known?.id ?? null',
      replace: 'caseId: known?.id ?? caseId ?? null',
      tests: ['backend/store/store.test.ts', 'test/api/attacks/attacks.test.ts'],
    },
    {
      id: 'sealed-name',
      rule: 'A sealed value does not open under another name.',
      file: 'backend/store/sealed.ts',
      find: '.setAAD(Buffer.from(name));\n',
      replace: ';\n',
      tests: ['backend/store/sealed.test.ts'],
    },
    {
      id: 'sealed-tag',
      rule: 'A tag of a sealed value is whole.',
      file: 'backend/store/sealed.ts',
      find: 'authTagLength: tagBytes,',
      replace: '',
      tests: ['backend/store/sealed.test.ts'],
      equivalent: 'The tag is cut out of the value at its full length.',
    },
    {
      id: 'settings-elsewhere',
      rule: 'A secret does not stay for another server.',
      file: 'backend/store/settings.ts',
      find: "elsewhere || given === ''",
      replace: "given === ''",
      tests: ['backend/store/settings.test.ts'],
    },
    {
      id: 'sqlite-owner-only',
      rule: 'The database file is readable by its owner alone.',
      file: 'backend/store/open-sqlite.ts',
      find: "if (file !== ':memory:') chmodSync(file, 0o600);",
      replace: '',
      tests: ['backend/store/open-sqlite.test.ts'],
    },
  ],
};
