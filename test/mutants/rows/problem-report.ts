import type { MutantArea } from '../mutant.ts';

const collectTests = ['electron/features/problem-report/collect-report.test.ts'];
const saveTests = ['electron/features/problem-report/problem-report.test.ts'];
const sessionTests = ['electron/features/session/session-state.test.ts'];

export const rows: MutantArea = {
  area: 'problem reports and the keychain in mid-shift',
  mutants: [
    {
      id: 'report-redacted',
      rule: 'What looks like a secret is left out of a report.',
      file: 'electron/features/problem-report/collect-report.ts',
      find: 'return redact(found);',
      replace: 'return found;',
      tests: collectTests,
    },
    {
      id: 'report-servers',
      rule: 'The names of servers are left out of a report.',
      file: 'electron/features/problem-report/collect-report.ts',
      find: "current?.kind === 'server' ? [current, ...servers] : servers",
      replace: 'servers',
      tests: collectTests,
    },
    {
      id: 'report-case',
      rule: 'A name is left out in any case of letters.',
      file: 'electron/features/problem-report/collect-report.ts',
      find: "'gi'",
      replace: "'g'",
      tests: collectTests,
    },
    {
      id: 'report-as-read',
      rule: 'A report is saved as its sender has read it.',
      file: 'electron/features/problem-report/problem-report.ts',
      find: 'shown.filter(',
      replace: '(await collect()).filter(',
      tests: saveTests,
    },
    {
      id: 'report-chosen',
      rule: 'Files that the sender did not choose are not saved.',
      file: 'electron/features/problem-report/problem-report.ts',
      find: 'files.includes(name)',
      replace: 'files.length >= 0 || name',
      tests: saveTests,
    },
    {
      id: 'keychain-stale',
      rule: 'A token that the keychain could not replace is not used at the next start.',
      file: 'electron/features/session/session-state.ts',
      find: '    persistStale(session.server.keychainAccount, true);\n',
      replace: '',
      tests: sessionTests,
    },
    {
      id: 'keychain-stale-read',
      rule: 'An old token is removed instead of played.',
      file: 'electron/features/session/create-session.ts',
      find: 'if (options.isStale(server.keychainAccount)) {',
      replace: 'if (state.isLocked()) {',
      tests: sessionTests,
    },
    {
      id: 'keychain-told-once',
      rule: 'A keychain that refuses the token is said once.',
      file: 'electron/features/session/session-state.ts',
      find: 'if (!hasToldNotKept) onNotKept();',
      replace: 'onNotKept();',
      tests: sessionTests,
    },
    {
      id: 'keychain-ended',
      rule: 'The token of a session that has ended is not stored.',
      file: 'electron/features/session/session-state.ts',
      find: 'if (held === session) storeInKeychain(session);',
      replace: 'storeInKeychain(session);',
      tests: sessionTests,
      equivalent: 'What is stored is asked once more whether its session is still held.',
    },
  ],
};
