import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../shared/api/policy.ts';
import { assuranceOf } from './assurance.ts';

const passed = (kind: string) => ({ kind, outcome: 'passed' });
const code = passed('emailed-code');
const call = passed('call-back');

describe('the assurance of a case', () => {
  it.each([
    ['nothing', [], 'standard', 0, false],
    ['a code', [code], 'standard', 60, true],
    ['a call-back alone', [call], 'standard', 40, false],
    ['the same check twice', [call, call], 'standard', 40, false],
    ['a code', [code], 'sensitive', 60, false],
    ['both checks', [code, call], 'sensitive', 100, true],
    ['all that there is', [code, call], 'privileged', 100, false],
    ['a failed code', [{ kind: 'emailed-code', outcome: 'failed' }], 'standard', 0, false],
    ['a check that nobody knows', [passed('birth-date')], 'standard', 0, false],
    ['both checks on a tier that nobody knows', [code, call], 'unheard-of', 100, false],
  ])('by %s (%#)', (_by, evidence, tier, earned, met) => {
    expect(assuranceOf(evidence, tier, defaultPolicy)).toMatchObject({ earned, met });
  });

  it('says which check would close the gap', () => {
    expect(assuranceOf([], 'standard', defaultPolicy).closing).toEqual(['emailed-code']);
    expect(assuranceOf([code], 'sensitive', defaultPolicy).closing).toEqual(['call-back']);
    expect(assuranceOf([code, call], 'privileged', defaultPolicy).closing).toEqual([]);
  });
});
