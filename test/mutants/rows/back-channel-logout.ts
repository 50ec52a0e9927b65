import type { MutantArea } from '../mutant.ts';

const tests = ['test/api/operators/back-channel-logout.test.ts'];
const token = 'backend/operators/provider/logout-token.ts';
const logout = 'backend/operators/provider/back-channel-logout.ts';

export const rows: MutantArea = {
  area: 'back-channel logout',
  mutants: [
    {
      id: 'logout-nonce',
      rule: 'A logout token has no nonce.',
      file: token,
      find: "if ('nonce' in claims) refuse('The token has a nonce.');",
      replace: '',
      tests,
    },
    {
      id: 'logout-event',
      rule: 'A logout token is about a logout.',
      file: token,
      find: '|| !(logoutEvent in events))',
      replace: ')',
      tests,
      equivalent: 'The check of the event itself refuses the same tokens.',
    },
    {
      id: 'logout-event-object',
      rule: 'The event of a logout token is an object.',
      file: token,
      find: "if (typeof about !== 'object' || about === null) refuse('The token is not about a logout.');",
      replace: '',
      tests,
    },
    {
      id: 'logout-age',
      rule: 'A logout token is young.',
      file: token,
      find: '    maxTokenAge: maxAge,\n',
      replace: '',
      tests,
    },
    {
      id: 'logout-audience',
      rule: 'A logout token is for this client.',
      file: token,
      find: '    audience: clientId,\n',
      replace: '',
      tests,
      equivalent: 'The check before the keys are fetched refuses the same tokens.',
    },
    {
      id: 'logout-type',
      rule: 'A logout token has the type of one.',
      file: token,
      find: "['logout+jwt', 'jwt'].includes(",
      replace: "['logout+jwt', 'jwt', 'at+jwt'].includes(",
      tests,
    },
    {
      id: 'logout-once',
      rule: 'A logout token works once.',
      file: logout,
      find: 'if (used.has(id)) return false;',
      replace: '',
      tests,
    },
    {
      id: 'logout-sid',
      rule: 'A logout of one session ends the sessions that came from it alone.',
      file: 'backend/operators/session-list.ts',
      find: "if (providerSid !== undefined) ending = ending.where('provider_sid', '=', providerSid);",
      replace: '',
      tests,
    },
    {
      id: 'logout-waiting',
      rule: 'A sign-in that waits for its code ends with the logout.',
      file: logout,
      find: '.set({ settled_at: now(), sealed: null })',
      replace: '.set({ provider_sid: null })',
      tests,
    },
    {
      id: 'logout-off',
      rule: 'A provider that is turned off signs no one out.',
      file: logout,
      find: "if (!stored.settings.enabled) throw new Refusal('provider.off');",
      replace: '',
      tests,
    },
  ],
};
