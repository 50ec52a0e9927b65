import { expect, it } from 'vitest';
import { countFailures, type Memory } from './memory.ts';

const refused = (id: string, reason: string) =>
  ({ id, ended_at: 10, refusal_reason: reason }) as Memory['refusedCases'][number];
const memory = (changes: Partial<Memory>) =>
  ({ failedChecks: [], unfinishedChecks: [], refusedCases: [], ...changes }) as unknown as Memory;
const failedCheck = { case_id: 'one', at: 10 } as Memory['failedChecks'][number];

it.each(['gave-up', 'not-reached'])(
  'a caller who was refused because of "%s" failed no verification',
  (reason) => {
    expect(countFailures(memory({ refusedCases: [refused('one', reason)] }), 0)).toBe(0);
  },
);

it('a caller who was refused for another reason failed one', () => {
  expect(countFailures(memory({ refusedCases: [refused('one', 'suspicious')] }), 0)).toBe(1);
});

it('a case that failed and was then refused counts once', () => {
  const both = memory({ failedChecks: [failedCheck], refusedCases: [refused('one', 'suspicious')] });
  expect(countFailures(both, 0)).toBe(1);
});

it('failures before the time do not count', () => {
  const both = memory({ failedChecks: [failedCheck], refusedCases: [refused('two', 'suspicious')] });
  expect(countFailures(both, 10)).toBe(0);
});
