import type { MutantArea } from '../mutant.ts';

const tests = ['test/api/audit/evidence-pack.test.ts'];
const file = 'backend/audit/evidence-pack/pdf-renderer.ts';

export const rows: MutantArea = {
  area: 'pdf renderer',
  mutants: [
    {
      id: 'pdf-deadline',
      rule: 'A pack that takes too long is given up.',
      file,
      find: "once(worker, 'message', { signal: deadline.signal })",
      replace: "once(worker, 'message')",
      tests,
    },
    {
      id: 'pdf-bound',
      rule: 'Packs that wait are bounded.',
      file,
      find: "if (waiting > maxWaiting) throw new Refusal('request.rate-limited');",
      replace: '',
      tests,
    },
    {
      id: 'pdf-after-failure',
      rule: 'A pack that cannot be rendered does not stop the next one.',
      file,
      find: 'turn = rendered.catch(() => undefined);',
      replace: 'turn = rendered;',
      tests,
    },
  ],
};
