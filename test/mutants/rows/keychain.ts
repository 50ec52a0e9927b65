import type { MutantArea } from '../mutant.ts';

export const rows: MutantArea = {
  area: 'keychain',
  mutants: [
    {
      id: 'keychain-sign-out',
      rule: 'A sign-out removes the token.',
      file: 'electron/features/session/session-state.ts',
      find: '      void remove();\n',
      replace: '',
      tests: [
        'electron/features/session/create-session.test.ts',
        'electron/features/session/session-state.test.ts',
      ],
    },
    {
      id: 'keychain-not-remembered',
      rule: 'A sign-in that is not remembered removes the token of before.',
      file: 'electron/features/session/create-session.ts',
      find: '} else void keychain.remove(server.keychainAccount);',
      replace: '}',
      tests: [
        'electron/features/session/create-session.test.ts',
        'electron/features/session/session-state.test.ts',
      ],
    },
    {
      id: 'keychain-renewed',
      rule: 'A renewed token replaces the one in the keychain.',
      file: 'electron/features/session/session-state.ts',
      find: 'if (session.isRemembered) storeInKeychain(session);',
      replace: '',
      tests: [
        'electron/features/session/create-session.test.ts',
        'electron/features/session/session-state.test.ts',
      ],
    },
    {
      id: 'keychain-not-kept',
      rule: 'A token that is not remembered is not stored.',
      file: 'electron/features/session/session-state.ts',
      find: 'if (session.isRemembered) storeInKeychain(session);',
      replace: 'storeInKeychain(session);',
      tests: [
        'electron/features/session/create-session.test.ts',
        'electron/features/session/session-state.test.ts',
      ],
    },
    {
      id: 'keychain-probe',
      rule: 'A keychain that cannot be read back is not used.',
      file: 'electron/services/keychain/keychain.ts',
      find: "found === account ? 'ready' : 'failed'",
      replace: "'ready'",
      tests: ['electron/services/keychain/keychain.test.ts'],
    },
    {
      id: 'keychain-timeout',
      rule: 'A keychain that does not answer is locked.',
      file: 'electron/services/keychain/keychain.ts',
      find: "if (thrown instanceof NoAnswer) return 'locked';",
      replace: '',
      tests: ['electron/services/keychain/keychain.test.ts'],
    },
    {
      id: 'keychain-missing',
      rule: 'A keychain without its library is missing.',
      file: 'electron/services/keychain/keychain.ts',
      find: "    return 'missing';",
      replace: "    return 'failed';",
      tests: ['electron/services/keychain/keychain.test.ts'],
    },
    {
      id: 'locked-restart',
      rule: 'A locked console stays locked over a restart.',
      file: 'electron/features/session/session-state.ts',
      find: 'isLocked = startsLocked;',
      replace: 'isLocked = false;',
      tests: [
        'electron/features/session/create-session.test.ts',
        'electron/features/session/session-state.test.ts',
      ],
    },
    {
      id: 'locked-no-token',
      rule: 'A locked console holds no access token.',
      file: 'electron/features/session/session-state.ts',
      find: 'held.accessToken = null;',
      replace: '',
      tests: [
        'electron/features/session/create-session.test.ts',
        'electron/features/session/session-state.test.ts',
      ],
    },
    {
      id: 'locked-calls',
      rule: 'A locked console makes no call.',
      file: 'electron/features/session/session-state.ts',
      find: "if (isLocked) throw new ConsoleFailure('console.locked');",
      replace: '',
      tests: [
        'electron/features/session/create-session.test.ts',
        'electron/features/session/session-state.test.ts',
      ],
    },
  ],
};
