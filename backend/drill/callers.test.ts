import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { checkKinds } from '../../shared/api/check.ts';
import { drillSizes, highestSeed, personaKinds } from '../../shared/api/drill.ts';
import { defaultPolicy, type PolicyDocument } from '../../shared/api/policy.ts';
import { openPracticeDeskForTest } from '../app/composition/open-practice-desk-for-test.ts';
import { drawCallers, policyIn, suffices, type Caller, type DrillAccount } from './callers.ts';
import { drillAccounts } from './drill-accounts.ts';

let accounts: readonly DrillAccount[];
const at = Date.parse('2026-03-01T09:00:00Z');

beforeAll(async () => {
  const desk = await openPracticeDeskForTest(() => at, { version: 1, document: defaultPolicy });
  accounts = drillAccounts(await desk.store.db.selectFrom('accounts').selectAll().execute(), at);
  await desk.close();
});

const seeds = fc.integer({ min: 1, max: highestSeed });
const sizes = fc.constantFrom(...Object.values(drillSizes));
/** Policies that an administrator could put in force. */
const policies: fc.Arbitrary<PolicyDocument> = fc
  .record({
    bars: fc.record({
      standard: fc.integer({ min: 1, max: 120 }),
      sensitive: fc.integer({ min: 1, max: 200 }),
      privileged: fc.integer({ min: 1, max: 260 }),
    }),
    factor: fc.integer({ min: 1, max: 3 }),
    checksOff: fc.subarray([...checkKinds]),
    contactCoolDown: fc.integer({ min: 0, max: 90 * 24 * 3600 }),
  })
  .map(({ bars, factor, checksOff, contactCoolDown }) => ({
    ...defaultPolicy,
    bars,
    factors: { standard: 1, sensitive: factor, privileged: factor },
    checksOff,
    contactCoolDown,
  }));
const draw = (seed: number, size: number, policy: PolicyDocument = defaultPolicy): Caller[] =>
  drawCallers(seed, size, accounts, policy);

test('draws the same callers for the same seed', () => {
  fc.assert(
    fc.property(seeds, sizes, policies, (seed, size, policy) => {
      expect(draw(seed, size, policy)).toEqual(draw(seed, size, policy));
    }),
    { numRuns: 60 },
  );
});

test('draws other callers for another seed', () => {
  const drills = Array.from({ length: 60 }, (_, index) =>
    JSON.stringify(
      draw(index + 1, drillSizes.full).map(({ persona, account }) => [persona.kind, account.id]),
    ),
  );
  expect(new Set(drills).size).toBe(drills.length);
});

test('under any policy, every honest caller can pass enough checks and no attacker can', () => {
  fc.assert(
    fc.property(seeds, sizes, policies, (seed, size, policy) => {
      for (const { persona, account, passes } of draw(seed, size, policy)) {
        expect(suffices(passes, account.tier, policy)).toBe(persona.honest);
      }
    }),
    { numRuns: 120 },
  );
});

test('draws each account at most once', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const ids = draw(seed, drillSizes.full).map(({ account }) => account.id);
      expect(new Set(ids).size).toBe(ids.length);
    }),
  );
});

test('under the default policy, every drill has its full number of callers, honest ones and attackers', () => {
  fc.assert(
    fc.property(seeds, sizes, (seed, size) => {
      const callers = draw(seed, size);
      expect(callers).toHaveLength(size);
      expect(new Set(callers.map(({ persona }) => persona.honest)).size).toBe(2);
    }),
  );
});

test('every honest caller of a drill can be verified without weak checks under a raised alert', () => {
  const policy = policyIn('raised-alert', defaultPolicy);
  fc.assert(
    fc.property(seeds, sizes, (seed, size) => {
      const callers = draw(seed, size, policy);
      expect(callers).toHaveLength(size);
      expect(new Set(callers.map(({ persona }) => persona.honest)).size).toBe(2);
      for (const { passes, persona, account } of callers) {
        expect(passes.filter((kind) => defaultPolicy.weakChecks.includes(kind))).toEqual([]);
        expect(suffices(passes, account.tier, policy)).toBe(persona.honest);
      }
    }),
  );
});

test('draws every kind of caller', () => {
  const seen = new Set(
    Array.from({ length: 60 }, (_, index) => draw(index + 1, drillSizes.full))
      .flat()
      .map(({ persona }) => persona.kind),
  );
  expect([...seen].toSorted()).toEqual([...personaKinds].toSorted());
});
