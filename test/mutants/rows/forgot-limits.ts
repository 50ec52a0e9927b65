import type { MutantArea } from '../mutant.ts';

const tests = ['test/pages/forgot-limits.test.ts'];
const file = 'backend/self-service/forgot-password/answer-requests.ts';

export const rows: MutantArea = {
  area: 'forgot limits',
  mutants: [
    {
      id: 'forgot-shares',
      rule: 'Requests that name no account do not use up the share of those that do.',
      file,
      find: "      .where('on_file', '=', isOnFile ? 1 : 0)\n",
      replace: '',
      tests,
    },
    {
      id: 'forgot-mails',
      rule: 'The mails that one network causes are bounded.',
      file,
      find: 'perNetwork * (isOnFile ? onFileShare : 1)',
      replace: '(isOnFile ? Infinity : perNetwork)',
      tests,
    },
    {
      id: 'forgot-exempt',
      rule: 'Networks that the policy exempts have no limit.',
      file,
      find: "if (isInNetworks(clientAddress ?? '', networksOf(exemptNetworks))) return false;",
      replace: '',
      tests,
    },
    {
      id: 'forgot-network',
      rule: 'Limits count the network and not all requests together.',
      file,
      find: "      .where('network', '=', network)\n",
      replace: '',
      tests,
    },
    {
      id: 'forgot-proxy-shown',
      rule: 'Settings show that a proxy is not trusted.',
      file: 'backend/web/http/server-notices.ts',
      find: 'list: () => [...notices.values()]',
      replace: 'list: () => []',
      tests: ['test/pages/headers.test.ts'],
    },
  ],
};
