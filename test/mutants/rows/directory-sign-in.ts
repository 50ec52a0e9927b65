import type { MutantArea } from '../mutant.ts';

const openldap = ['test/directories/openldap.test.ts'];
const tries = ['backend/operators/directory/directory-tries.test.ts'];
const follow = ['backend/operators/directory/follow-directory.test.ts'];

export const rows: MutantArea = {
  area: 'operators who sign in with a directory',
  mutants: [
    {
      id: 'directory-sign-in-below-limit',
      rule: 'Wrong passwords stay below the number that locks the account.',
      file: 'backend/operators/directory/directory-tries.ts',
      find: '(threshold ?? assumedThreshold) - 1',
      replace: 'threshold ?? assumedThreshold',
      tests: tries,
    },
    {
      id: 'directory-sign-in-strangers',
      rule: 'Strangers leave tries to the operator’s own consoles.',
      file: 'backend/operators/directory/directory-tries.ts',
      find: '(isKnown || counted.strangers < allowed.strangers)',
      replace: 'true',
      tests: tries,
    },
    {
      id: 'directory-sign-in-pause',
      rule: 'Tries count as long as the pauses between them are shorter than the directory’s window.',
      file: 'backend/operators/directory/directory-tries.ts',
      find: 'row.last_at + allowed.window > at',
      replace: 'row.last_at > at',
      tests: tries,
    },
    {
      id: 'directory-sign-in-right-alone',
      rule: 'A temporary password lets no operator in.',
      file: 'backend/operators/directory/directory-passwords.ts',
      find: "'must-change': 'password-expired'",
      replace: "'must-change': 'right'",
      tests: openldap,
    },
    {
      id: 'directory-sign-in-role',
      rule: 'An account without a role becomes no operator.',
      file: 'backend/operators/directory/admit-from-directory.ts',
      find: 'if (hasNothingToLose(linked)) throw noRole();',
      replace: '',
      tests: openldap,
    },
    {
      id: 'directory-sign-in-name',
      rule: 'A user name takes over no operator.',
      file: 'backend/operators/directory/admit-from-directory.ts',
      find: 'if (obstacle !== null) throw',
      replace: 'if (obstacle === null && operator.id === row.id) throw',
      tests: openldap,
    },
    {
      id: 'directory-sign-in-sessions-end',
      rule: 'A lost role ends the sessions in the same change.',
      file: 'backend/operators/directory/follow-directory.ts',
      find: 'return isLess ? endSessions(tx, record, id, now()) : [];',
      replace: 'return isLess ? [] : [];',
      tests: openldap,
    },
    {
      id: 'directory-sign-in-break-glass',
      rule: 'An administrator with a local password remains.',
      file: 'backend/operators/remaining-administrator.ts',
      find: '(await signInDirectory(tx)) !== null && (await readLocalAdministrators(tx)).length === 0',
      replace: 'false',
      tests: openldap,
    },
    {
      id: 'directory-sign-in-nobody',
      rule: 'Unknown names ask the directory as well.',
      file: 'backend/operators/directory/directory-passwords.ts',
      find: "      await external.verifyUnknownName(like, password);\n      return 'wrong';",
      replace: "      return 'wrong';",
      tests: openldap,
    },
    {
      id: 'directory-sign-in-twice',
      rule: 'Two sign-ins of one person at the same time are both admitted.',
      file: 'backend/operators/directory/admit-from-directory.ts',
      find: 'await changeIfRecorded(store, origin, ',
      replace: 'await store.change(origin, ',
      tests: follow,
    },
    {
      id: 'directory-sign-in-others',
      rule: 'An account that cannot be read keeps no roles of others.',
      file: 'backend/operators/directory/follow-directory.ts',
      find: '!ofOneAccount.has(thrown.code)',
      replace: 'true',
      tests: follow,
    },
    {
      id: 'directory-sign-in-unlinked',
      rule: 'A directory gives no roles to an operator who was unlinked from it.',
      file: 'backend/operators/directory/follow-directory.ts',
      find: "        .where('directory_id', '=', directoryId)\n        .where('directory_key', '=', key)\n",
      replace: '',
      tests: follow,
    },
  ],
};
