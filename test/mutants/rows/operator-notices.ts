import type { MutantArea } from '../mutant.ts';

const tests = ['test/api/operators/operator-notices.test.ts'];
const file = 'backend/operators/operator-notices.ts';
const commands = 'backend/protected-changes/server-commands.ts';
const commandTests = ['test/api/operators/server-commands.test.ts'];

export const rows: MutantArea = {
  area: 'operator notices',
  mutants: [
    {
      id: 'notice-former-address',
      rule: 'An operator whose address is replaced is told at the address before.',
      file,
      find: 'distinctAddresses([operator.email, changed.email])',
      replace: 'distinctAddresses([changed.email])',
      tests,
    },
    {
      id: 'notice-new-address',
      rule: 'An operator whose address is replaced is told at the new address.',
      file,
      find: 'distinctAddresses([operator.email, changed.email])',
      replace: 'distinctAddresses([operator.email])',
      tests,
    },
    {
      id: 'notice-removed',
      rule: 'An operator who is removed is told.',
      file,
      find: "before.state === 'removed' ? [] : [stateNotices['removed'] ?? '']",
      replace: '[]',
      tests,
    },
    {
      id: 'notice-codes',
      rule: 'An operator is told of new recovery codes.',
      file,
      find: '...describeCodes(operator.id, before, after),',
      replace: '',
      tests,
    },
    {
      id: 'notice-every-service',
      rule: 'Every service of the operators changes them through the store that tells.',
      file: 'backend/operators/create-operator-services.ts',
      find: 'withOperatorNotices(collaborators.store, mails, { policy, now })',
      replace: 'collaborators.store',
      tests,
    },
    {
      id: 'notice-former-reports',
      rule: 'The notice at the former address can be reported from there.',
      file: 'backend/operators/operator-mails.ts',
      find: 'to.toLowerCase() !== operator.email?.toLowerCase()',
      replace: 'false',
      tests,
    },
    {
      id: 'notice-joined-twice',
      rule: 'An operator who joins gets one mail about the password and the authenticator app.',
      file,
      find: ' || (await isJoining(tx, { operator, changed }, options))',
      replace: '',
      tests,
    },
    {
      id: 'notice-joined-untold',
      rule: 'An operator who joins without an authenticator app is told at once.',
      file,
      find: "(await secondFactorNeed(tx, changed, document, now())).kind === 'now'",
      replace: "(await secondFactorNeed(tx, changed, document, now())).kind !== 'have'",
      tests,
    },
    {
      id: 'notice-joined-password',
      rule: 'An operator who joins is told of the password that was set.',
      file,
      find: '          ...joined(operator, changed),\n',
      replace: '',
      tests,
    },
    {
      id: 'command-untold-operators',
      rule: 'Operators are told what a command on the server changed about them.',
      file: commands,
      find: 'if (operator.email !== null)',
      replace: "if (operator.email === '')",
      tests: commandTests,
    },
    {
      id: 'command-untold-administrators',
      rule: 'All administrators are told what a command on the server changed.',
      file: commands,
      find: 'await mails.readers(tx), {',
      replace: '[], {',
      tests: commandTests,
    },
    {
      id: 'command-without-a-notice',
      rule: 'Every command that changes rights or secrets has a notice.',
      file: commands,
      find: "  'audit.resumed',\n  'audit.restored',\n]);",
      replace: "  'audit.resumed',\n]);",
      tests: commandTests,
    },
    {
      id: 'command-told-again',
      rule: 'A command is told once.',
      file: commands,
      find: 'await settings.write(tx, positionName, last.seq);',
      replace: '',
      tests: commandTests,
    },
  ],
};
