import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkKinds } from '../../shared/api/check.ts';
import { callEnds, drillQuestions, scoreParts } from '../../shared/api/drill.ts';
import type { Caller } from './callers.ts';
import { personas } from './personas.ts';
import { scoreCall, type CallFacts } from './score-call.ts';

const callerOf = (kind: (typeof personas)[number]['kind']): Caller => {
  const persona = personas.find((one) => one.kind === kind);
  if (persona === undefined) throw new Error(`no persona ${kind}`);
  return {
    persona,
    account: { open: ['emailed-code'] } as unknown as Caller['account'],
    passes: persona.passes,
    guess: '1',
    tone: 0,
  };
};
const clean: CallFacts = {
  end: 'reset',
  passed: ['emailed-code'],
  asked: new Set(['code']),
  suspicious: false,
  unmasked: false,
  denied: false,
  readOut: false,
  revealed: true,
  took: 90,
};
const refused: CallFacts = { ...clean, end: 'refused', passed: [], suspicious: true, revealed: false };
const scoreOf = (kind: Parameters<typeof callerOf>[0], facts: Partial<CallFacts>, base = clean): number =>
  scoreCall(callerOf(kind), { ...base, ...facts }).score;

test('gives 100 for the right end of each kind of call', () => {
  expect(scoreOf('forgetful', {})).toBe(100);
  expect(scoreOf('knows-data', {}, refused)).toBe(100);
});

test('gives 0 for a reset for an attacker or of another account', () => {
  expect(scoreOf('reads-the-mailbox', {})).toBe(0);
  expect(scoreOf('forgetful', { end: 'wrong-account' })).toBe(0);
});

test('gives half the outcome for an attacker who was let go without a warning', () => {
  expect(scoreOf('knows-data', { end: 'closed', suspicious: false }, refused)).toBe(100 - 30 - 10);
});

test('takes points off for unmasking contact data, for a long call and for suspecting an honest caller', () => {
  expect(scoreOf('forgetful', { unmasked: true })).toBe(90);
  expect(scoreOf('forgetful', { took: 420 })).toBe(98);
  expect(scoreOf('forgetful', { took: 3600 })).toBe(95);
  expect(scoreOf('forgetful', { end: 'refused', suspicious: true })).toBe(25);
});

test('counts a call-back recorded without asking as unfounded even for an honest caller', () => {
  const facts = { ...clean, passed: ['call-back'] as const };
  expect(scoreCall(callerOf('forgetful'), facts).unfounded).toEqual(['call-back']);
  const heard = { ...facts, asked: new Set(['call-back'] as const) };
  expect(scoreCall(callerOf('forgetful'), heard).unfounded).toEqual([]);
  expect(scoreCall(callerOf('knows-data'), heard).unfounded).toEqual(['call-back']);
});

test('under a raised alert, allows time for the approver and takes points off for reading out a password that could be sealed', () => {
  const under = (facts: Partial<CallFacts>) =>
    scoreCall(callerOf('forgetful'), { ...clean, revealed: false, ...facts }, 'raised-alert').score;
  expect(under({})).toBe(100);
  expect(under({ took: 360 })).toBe(100);
  expect(scoreOf('forgetful', { took: 360 })).toBeLessThan(100);
  expect(under({ readOut: true })).toBe(90);
  expect(scoreOf('forgetful', { readOut: true })).toBe(100);
});

test('gives no points for evidence after a denied approval', () => {
  expect(scoreOf('knows-data', { denied: true }, refused)).toBe(85);
});

test('a score is the sum of its parts, each within its maximum', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...personas),
      fc.record({
        end: fc.constantFrom(...callEnds),
        passed: fc.subarray([...checkKinds]),
        asked: fc.subarray([...drillQuestions]).map((questions) => new Set(questions)),
        suspicious: fc.boolean(),
        unmasked: fc.boolean(),
        denied: fc.boolean(),
        readOut: fc.boolean(),
        revealed: fc.boolean(),
        took: fc.nat({ max: 5000 }),
      }),
      ({ kind }, facts) => {
        const { parts, score } = scoreCall(callerOf(kind), facts);
        expect(score).toBe(parts.reduce((sum, { points }) => sum + points, 0));
        for (const { part, points } of parts) {
          expect(points).toBeGreaterThanOrEqual(0);
          expect(points).toBeLessThanOrEqual(scoreParts[part]);
        }
      },
    ),
  );
});
