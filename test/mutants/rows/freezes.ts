import type { MutantArea } from '../mutant.ts';

export const rows: MutantArea = {
  area: 'freezes',
  mutants: [
    {
      id: 'freeze-temporary',
      rule: 'A freeze withdraws the temporary password.',
      file: 'backend/casework/freezes/freeze-account.ts',
      find: 'const resetId = await directory.withdrawTemporaryPassword(accountId, tx);',
      replace: 'const resetId = null as string | null;',
      tests: ['test/api/self-service/not-me.test.ts'],
    },
    {
      id: 'freeze-grants',
      rule: 'A freeze ends grants.',
      file: 'backend/casework/freezes/freeze-account.ts',
      find: '.set({ expires_at: at })\n    .where',
      replace: '.set({ expires_at: at + 600_000 })\n    .where',
      tests: ['test/api/attacks/attacks.test.ts', 'test/api/self-service/not-me.test.ts'],
    },
    {
      id: 'freeze-sign-in',
      rule: 'A frozen account does not sign in.',
      file: 'backend/self-service/sign-in.ts',
      find: "'disabled',\n        'frozen',",
      replace: "'disabled',",
      tests: ['test/api/self-service/not-me.test.ts'],
    },
    {
      id: 'freeze-lift-scope',
      rule: 'An approver lifts only freezes in their scope.',
      file: 'shared/api/freeze.ts',
      find: "{ by: 'account', refusal: 'account.unfrozen' }",
      replace: "{ by: 'rows' }",
      tests: ['test/api/four-eyes/approver-scope.test.ts'],
    },
    {
      id: 'freeze-lift-not-frozen',
      rule: 'A freeze that is not there is not lifted.',
      file: 'backend/casework/freezes/freezes.ts',
      find: "if (numUpdatedRows !== 1n) throw new Refusal('account.not-frozen');",
      replace: '',
      tests: ['test/api/self-service/not-me.test.ts'],
    },
    {
      id: 'not-me-expired',
      rule: 'A link that is too old freezes nothing.',
      file: 'backend/casework/freezes/freezes.ts',
      find: ".where('expires_at', '>', now())\n",
      replace: '\n',
      tests: ['test/api/self-service/not-me.test.ts'],
    },
    {
      id: 'not-me-look',
      rule: 'Opening a link freezes nothing.',
      file: 'backend/web/pages/not-me/register-not-me.ts',
      find: 'await freezes.look(given.token)',
      replace: 'await freezes.freezeByOwner(given.token, clientOf(request))',
      tests: ['test/api/self-service/not-me.test.ts'],
    },
  ],
};
