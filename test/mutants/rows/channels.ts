import type { MutantArea } from '../mutant.ts';

export const rows: MutantArea = {
  area: 'channels',
  mutants: [
    {
      id: 'channel-not-set-up',
      rule: 'A server without a mail server or gateway offers nothing by it.',
      file: 'backend/messaging/channels.ts',
      find: "(mode === 'embedded' && (reader",
      replace: '(mode !== undefined && (reader',
      tests: ['backend/messaging/channels.test.ts'],
    },
    {
      id: 'channel-without-outbox',
      rule: 'An operator who cannot open the outbox is offered nothing that stays in it.',
      file: 'backend/messaging/channels.ts',
      find: "reader.rights.has('outbox.read')",
      replace: "reader.rights.has('cases.work')",
      tests: ['backend/messaging/channels.test.ts'],
    },
    {
      id: 'channel-failing-until',
      rule: 'A channel that fails is offered again after two minutes.',
      file: 'backend/messaging/channels.ts',
      find: ' || until <= now()',
      replace: '',
      tests: ['backend/messaging/channels.test.ts'],
    },
    {
      id: 'channel-recipient',
      rule: 'A refused recipient says nothing about the mail server.',
      file: 'backend/messaging/mail/attempt-failure.ts',
      find: '/^(?:RCPT|DATA)/',
      replace: '/^(?:NONE)/',
      tests: ['backend/messaging/channels.test.ts'],
    },
    {
      id: 'channel-of-a-check',
      rule: 'A check that would be sent by a channel that does not deliver is not offered.',
      file: 'backend/casework/decision/check-obstacle.ts',
      find: 'use === null || isUnderWay ? null : channels[use]',
      replace: 'use === null || !isUnderWay ? null : channels[use]',
      tests: ['test/api/verification/channels.test.ts'],
    },
    {
      id: 'channel-of-a-link',
      rule: 'A reset link is not offered while no mail would arrive.',
      file: 'backend/casework/decision/action-obstacle.ts',
      find: "isThere: ({ channels }) => channels['mailed-link']?.reason === 'channel-not-set-up'",
      replace: 'isThere: () => false',
      tests: ['backend/casework/decision/action-obstacle.test.ts'],
    },
    {
      id: 'channel-of-forgot-password',
      rule: 'Forgot password? promises no mail where none can leave.',
      file: 'backend/web/pages/forgot-password/register-forgot-password.ts',
      find: 'async (request, reply, form) => {\n      if (await isClosed())',
      replace: 'async (request, reply, form) => {\n      if (!(await isClosed()))',
      tests: ['test/api/verification/channels.test.ts'],
    },
  ],
};
