import type { MutantArea } from '../mutant.ts';

const tests = ['backend/messaging/text-messages/settle-unknown-texts.test.ts'];
const file = 'backend/messaging/text-messages/settle-unknown-texts.ts';

export const rows: MutantArea = {
  area: 'unknown texts',
  mutants: [
    {
      id: 'texts-under-way',
      rule: 'A text whose attempt may be under way is left alone.',
      file,
      find: "    .where('queued_at', '<=', now() - attemptMs)\n",
      replace: '',
      tests,
    },
    {
      id: 'texts-settled',
      rule: 'A text whose outcome was lost is settled.',
      file,
      find: "state: 'failed', answer: unknownOutcome",
      replace: "state: 'sending', answer: unknownOutcome",
      tests,
    },
  ],
};
