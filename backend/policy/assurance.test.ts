import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkKinds, checkTable, type CheckKind } from '../../shared/api/check.ts';
import { defaultPolicy, policyDocument } from '../../shared/api/policy.ts';
import { assuranceOf, type AssurancePolicy } from './assurance.ts';

const passed = (kind: string) => ({ kind, outcome: 'passed' });
const code = passed('emailed-code');
const call = passed('call-back');
const nothingBlocked = { alertRaised: false, blocked: new Set<CheckKind>() };

describe('the assurance of a case', () => {
  it.each([
    ['nothing', [], 'standard', 0, false],
    ['a code', [code], 'standard', 60, true],
    ['a call-back alone', [call], 'standard', 40, false],
    ['the same check twice', [call, call], 'standard', 40, false],
    ['a code', [code], 'sensitive', 60, false],
    ['both checks', [code, call], 'sensitive', 100, true],
    [
      'two codes, which fall to the same theft',
      [code, passed('authenticator-code')],
      'sensitive',
      140,
      false,
    ],
    ['code and call', [code, call], 'privileged', 100, false],
    ['code, call and manager', [code, call, passed('managers-word')], 'privileged', 160, true],
    ['a failed code', [{ kind: 'emailed-code', outcome: 'failed' }], 'standard', 0, false],
    ['security questions', [passed('security-questions')], 'standard', 0, false],
    ['an unknown kind of check', [passed('birth-date')], 'standard', 0, false],
    ['both checks on an unknown tier', [code, call], 'unheard-of', 100, false],
    ['both checks on a tier with the name of an object method', [code, call], 'toString', 100, false],
  ])('by %s (%#)', (_by, evidence, tier, earned, met) => {
    expect(assuranceOf(evidence, tier, defaultPolicy)).toMatchObject({ earned, met });
  });

  it('says which checks would close the gap, alone or together', () => {
    expect(assuranceOf([], 'standard', defaultPolicy).closing).toEqual([
      ['emailed-code'],
      ['authenticator-code'],
      ['recovery-code'],
      ['managers-word'],
      ['in-person'],
    ]);
    const sensitive = assuranceOf([code], 'sensitive', defaultPolicy);
    expect(sensitive.closing).toEqual([['call-back'], ['managers-word'], ['in-person']]);
    expect(sensitive.missing).toEqual({ points: 30, factors: 1 });
    const blocked = new Set<CheckKind>(['managers-word', 'in-person', 'texted-code', 'recovery-code']);
    expect(assuranceOf([], 'privileged', defaultPolicy, { alertRaised: false, blocked }).closing).toEqual([
      ['authenticator-code', 'call-back'],
    ]);
  });

  it('replaces weak checks by others under a raised alert', () => {
    const raised = assuranceOf([code], 'standard', defaultPolicy, { ...nothingBlocked, alertRaised: true });
    expect(raised).toMatchObject({ earned: 0, met: false });
    expect(raised.closing.flat()).not.toContain('emailed-code');
    expect(raised.closing.flat()).not.toContain('texted-code');
  });

  it('lets a check that is switched off earn nothing', () => {
    const policy = { ...defaultPolicy, checksOff: ['emailed-code' as const] };
    expect(assuranceOf([code], 'standard', policy)).toMatchObject({ earned: 0, met: false });
  });

  it('ignores points for security questions in a policy', () => {
    const points = { ...defaultPolicy.points, 'security-questions': 10 };
    expect(policyDocument.safeParse({ ...defaultPolicy, points }).success).toBe(false);
  });
});

const kinds = fc.subarray([...checkKinds]);
const points = fc.integer({ min: 0, max: 200 });
const tiers = ['standard', 'sensitive', 'privileged'] as const;
const perTier = (value: fc.Arbitrary<number>) =>
  fc.record({ standard: value, sensitive: value, privileged: value });
const anyPolicy: fc.Arbitrary<AssurancePolicy> = fc.record({
  points: fc.record({
    ...(Object.fromEntries(checkKinds.map((kind) => [kind, points])) as Record<
      Exclude<CheckKind, 'security-questions'>,
      typeof points
    >),
    'security-questions': fc.constant(0 as const),
  }),
  bars: perTier(fc.integer({ min: 1, max: 400 })),
  factors: perTier(fc.integer({ min: 1, max: 3 })),
  checksOff: kinds,
  weakChecks: kinds,
});
const anyCase = fc.record({
  policy: anyPolicy,
  done: kinds,
  blocked: kinds.map((list) => new Set(list)),
  alertRaised: fc.boolean(),
  tier: fc.constantFrom(...tiers),
});

describe('whatever the policy and the evidence', () => {
  const of = ({
    policy,
    done,
    blocked,
    alertRaised,
    tier,
  }: typeof anyCase extends fc.Arbitrary<infer C> ? C : never) =>
    assuranceOf(done.map(passed), tier, policy, { blocked, alertRaised });

  it('is met exactly when points and different factors are there', () => {
    fc.assert(
      fc.property(anyCase, (drawn) => {
        const { policy, done, alertRaised, tier } = drawn;
        const counting = done.filter(
          (kind) =>
            policy.points[kind] > 0 &&
            !policy.checksOff.includes(kind) &&
            !(alertRaised && policy.weakChecks.includes(kind)),
        );
        const sum = counting.reduce((total, kind) => total + policy.points[kind], 0);
        const factors = new Set(counting.map((kind) => checkTable[kind].factor)).size;
        const { earned, met, missing, closing } = of(drawn);
        expect(earned).toBe(sum);
        expect(met).toBe(sum >= policy.bars[tier] && factors >= policy.factors[tier]);
        expect(met).toBe(missing.points === 0 && missing.factors === 0);
        expect(met && closing.length > 0).toBe(false);
      }),
    );
  });

  it('closes the gap with exactly the sets that it names', () => {
    fc.assert(
      fc.property(anyCase, (drawn) => {
        const { closing } = of(drawn);
        expect(new Set(closing.map(({ length }) => length)).size).toBeLessThanOrEqual(1);
        for (const set of closing) {
          expect(set.some((kind) => drawn.blocked.has(kind) || drawn.done.includes(kind))).toBe(false);
          expect(of({ ...drawn, done: [...drawn.done, ...set] }).met).toBe(true);
          for (const left of set) {
            const fewer = set.filter((kind) => kind !== left);
            expect(of({ ...drawn, done: [...drawn.done, ...fewer] }).met).toBe(false);
          }
        }
      }),
    );
  });

  it('names a way whenever there is one', () => {
    fc.assert(
      fc.property(anyCase, (drawn) => {
        const open = checkKinds.filter((kind) => !drawn.blocked.has(kind));
        const { met, closing } = of(drawn);
        const reachable = of({ ...drawn, done: [...new Set([...drawn.done, ...open])] }).met;
        expect(met || closing.length > 0).toBe(reachable);
      }),
    );
  });

  it('grows by every check except for security questions', () => {
    fc.assert(
      fc.property(anyCase, fc.constantFrom(...checkKinds), (drawn, kind) => {
        const before = of(drawn);
        const after = of({ ...drawn, done: [...new Set([...drawn.done, kind])] });
        expect(after.earned).toBeGreaterThanOrEqual(before.earned);
        expect(before.met && !after.met).toBe(false);
        expect(kind === 'security-questions' && after.met !== before.met).toBe(false);
      }),
    );
  });

  it('never gets more by a raised alert', () => {
    fc.assert(
      fc.property(anyCase, (drawn) => {
        const raised = of({ ...drawn, alertRaised: true });
        expect(raised.earned).toBeLessThanOrEqual(of({ ...drawn, alertRaised: false }).earned);
      }),
    );
  });
});
