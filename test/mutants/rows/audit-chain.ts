import type { MutantArea } from '../mutant.ts';

export const rows: MutantArea = {
  area: 'audit chain',
  mutants: [
    {
      id: 'checkpoint-not-checked',
      rule: 'A checkpoint counts only if the key signed it.',
      file: 'backend/store/checkpoint.ts',
      find: 'isSignedBy(publicKey, textOf(checkpoint), checkpoint.signature)',
      replace: 'publicKey !== textOf(checkpoint)',
      tests: ['backend/audit/verify/verify-chain.test.ts'],
    },
    {
      id: 'checkpoint-without-hash',
      rule: "A checkpoint's signature covers the hash of its event.",
      file: 'backend/store/checkpoint.ts',
      find: '\\n${seq}\\n${hash}\\n${at}`',
      replace: '\\n${seq}\\n${at}`',
      tests: ['backend/audit/verify/verify-chain.test.ts'],
    },
    {
      id: 'checkpoint-without-number',
      rule: "A checkpoint's signature covers the number of its event.",
      file: 'backend/store/checkpoint.ts',
      find: '\\n${seq}\\n${hash}\\n${at}`',
      replace: '\\n${hash}\\n${at}`',
      tests: ['backend/audit/verify/verify-chain.test.ts'],
    },
  ],
};
