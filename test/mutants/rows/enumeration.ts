import type { MutantArea } from '../mutant.ts';

export const rows: MutantArea = {
  area: 'enumeration',
  mutants: [
    {
      id: 'enum-sign-in-status',
      rule: 'A refused sign-in looks the same for every account.',
      file: 'backend/web/pages/login/register-login.ts',
      find: "outcome.kind === 'temporary-expired' || outcome.kind === 'required-overdue' ? outcome.kind : 'wrong'",
      replace:
        "outcome.kind === 'temporary-expired' || outcome.kind === 'required-overdue' ? outcome.kind : outcome.kind === 'disabled' ? 'slow' : 'wrong'",
      tests: ['test/pages/no-discovery.test.ts', 'test/pages/pages.test.ts'],
    },
    {
      id: 'enum-operator-words',
      rule: 'An unknown operator is refused as a wrong password.',
      file: 'backend/operators/operators.ts',
      find: "throw locked ?? new Refusal('session.credentials-wrong');",
      replace: "throw locked ?? new Refusal('operator.not-found');",
      tests: ['backend/operators/sessions.test.ts'],
    },
    {
      id: 'enum-user',
      rule: 'An unknown user name costs two comparisons.',
      file: 'backend/self-service/sign-in.ts',
      find: 'hashing.verify(credentials?.password_hash ?? dummyHash, password)',
      replace: '(credentials?.password_hash ? hashing.verify(credentials.password_hash, password) : false)',
      tests: ['backend/self-service/sign-in-timing.test.ts'],
    },
    {
      id: 'enum-locked',
      rule: 'A lock costs as much as a wrong password.',
      file: 'backend/self-service/sign-in.ts',
      find: 'matches && until === null',
      replace: 'matches || until !== null',
      tests: ['backend/self-service/sign-in-timing.test.ts'],
    },
    {
      id: 'enum-equal-time',
      rule: 'A refusal takes the same time whatever its reason.',
      file: 'backend/web/pages/login/register-login.ts',
      find: 'await equalizeTiming(startedAt);',
      replace: '',
      tests: ['test/pages/no-discovery.test.ts'],
    },
    {
      id: 'enum-forgot',
      rule: 'A request for a link is answered the same for every address.',
      file: 'backend/self-service/forgot-password/password-requests.ts',
      find: 'address: sealed.seal(requestSealName(id), identifierText(address)),',
      replace: 'address: address.trim(),',
      tests: ['test/pages/no-discovery.test.ts', 'test/pages/pages.test.ts', 'test/pages/guide.test.ts'],
    },
    {
      id: 'enum-dead-link',
      rule: 'A refused token is answered the same, known or not.',
      file: 'backend/web/http/request-session.ts',
      find: "throw new Refusal('session.missing');",
      replace: "throw new Refusal('session.expired');",
      tests: ['test/api/http/reset-api.test.ts'],
    },
    {
      id: 'enum-operator',
      rule: 'An unknown operator costs a comparison.',
      file: 'backend/operators/operators.ts',
      find: '(await verify(stored ?? (await dummyHash), password)) && stored !== null',
      replace: 'stored !== null && (await verify(stored, password))',
      tests: ['backend/operators/sign-in-timing.test.ts'],
    },
    {
      id: 'enum-scope-search',
      rule: 'A search out of scope confirms no address.',
      file: 'backend/accounts/search/find-accounts.ts',
      find: "if (outOfScope && by !== 'words' && by !== 'user_name_key') continue;",
      replace: '',
      tests: ['backend/accounts/search/account-search.test.ts'],
    },
    {
      id: 'enum-status',
      rule: 'A refused sign-in has the same status for every account.',
      file: 'backend/web/pages/login/register-login.ts',
      find: 'loginPage(result.notice, { userName, after, lockFor }), 401)',
      replace:
        "loginPage(result.notice, { userName, after, lockFor }), result.notice === 'wrong' ? 401 : 403)",
      tests: ['test/pages/no-discovery.test.ts', 'test/pages/pages.test.ts'],
    },
  ],
};
