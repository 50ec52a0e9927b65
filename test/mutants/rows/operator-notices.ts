import type { MutantArea } from '../mutant.ts';

const tests = ['test/api/operators/operator-notices.test.ts'];
const file = 'backend/operators/operator-notices.ts';

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
      find: 'withOperatorNotices(collaborators.store, mails)',
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
  ],
};
