import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkKinds } from '../../shared/api/check.ts';
import { drillQuestions } from '../../shared/api/drill.ts';
import type { Caller } from './callers.ts';
import { judgeEvidence } from './judge-evidence.ts';
import { personas } from './personas.ts';

const callerOf = (kind: (typeof personas)[number]['kind']): Caller => {
  const persona = personas.find((one) => one.kind === kind);
  if (persona === undefined) throw new Error(`no persona ${kind}`);
  return { persona, account: { id: 'a' } as Caller['account'], passes: persona.passes, guess: '1', tone: 0 };
};
const seen = { accountId: 'a', passed: [], asked: new Set<never>() };

test('approves an honest caller whose checks were heard', () => {
  const asked = new Set(['call-back'] as const);
  const heard = { ...seen, passed: ['call-back', 'managers-word'] as const, asked };
  expect(judgeEvidence(callerOf('privileged-hurry'), heard).decision).toBe('approve');
});

test('denies a check that was not heard even for an honest caller', () => {
  const { decision, reason } = judgeEvidence(callerOf('privileged-hurry'), {
    ...seen,
    passed: ['call-back'],
  });
  expect(decision).toBe('deny');
  expect(reason).toContain('what you heard yourself');
});

test('denies an invented badge or call-back with that reason', () => {
  const asked = new Set(['badge', 'call-back'] as const);
  const reasonFor = (passed: 'in-person' | 'call-back') =>
    judgeEvidence(callerOf('knows-data'), { ...seen, asked, passed: [passed] }).reason;
  expect(reasonFor('in-person')).toContain('Reception');
  expect(reasonFor('call-back')).toContain('knows nothing about this call');
});

test("names the account's memory of an attacker first", () => {
  const passed = ['in-person'] as const;
  expect(judgeEvidence(callerOf('calls-again'), { ...seen, passed }).reason).toContain('refused');
  expect(judgeEvidence(callerOf('changed-contact'), { ...seen, passed }).reason).toContain('two days ago');
});

test('denies evidence that no call about this account gave', () => {
  expect(judgeEvidence(callerOf('forgetful'), { ...seen, accountId: 'b' }).reason).toContain('not the name');
  expect(judgeEvidence(null, seen).decision).toBe('deny');
});

test('never approves an attacker', () => {
  const attackers = personas.filter(({ honest }) => !honest).map(({ kind }) => kind);
  fc.assert(
    fc.property(
      fc.constantFrom(...attackers),
      fc.subarray([...checkKinds]),
      fc.subarray([...drillQuestions]),
      (kind, passed, asked) => {
        const { decision } = judgeEvidence(callerOf(kind), { ...seen, passed, asked: new Set(asked) });
        expect(decision).toBe('deny');
      },
    ),
  );
});
