import { format, inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createExpiringMap } from '../../../shared/expiring-map/expiring-map.ts';
import { temporaryBits, temporaryStyles } from '../../../shared/api/password-section.ts';
import { judgePassword } from '../../../shared/password-policy/check-password.ts';
import {
  policyFor,
  presets,
  stricter,
  type PasswordDemands,
} from '../../../shared/password-policy/policy.ts';
import { digits, lower, signs, upper } from './characters.ts';
import { drawBelow, drawFrom } from './draw-below.ts';
import { generateTemporaryPassword } from './generate-temporary-password.ts';
import { bitsOfGroups, drawGroups } from './groups.ts';
import type { PendingSecrets } from './pending-secrets.ts';
import { drawWords, firstWords, spokenWords } from './words.ts';

const classic = presets.classic;
const many = (style: (typeof temporaryStyles)[number], count: number) =>
  Array.from({ length: count }, () =>
    generateTemporaryPassword({ style, minBits: 44 }, classic, {}).password.expose(),
  );

const demands: fc.Arbitrary<PasswordDemands> = fc.record({
  shortest: fc.integer({ min: 1, max: 64 }),
  upper: fc.boolean(),
  lower: fc.boolean(),
  digit: fc.boolean(),
  special: fc.boolean(),
  kinds: fc.integer({ min: 0, max: 4 }),
  names: fc.boolean(),
  common: fc.boolean(),
  predictable: fc.boolean(),
  blocked: fc.uniqueArray(fc.constantFrom('northwind', 'zoo', 'velvet', 'able', 'mouse'), { maxLength: 5 }),
});
const owners = fc.record({
  userName: fc.constantFrom('m.okafor', 'tape', 'p.lindqvist'),
  displayName: fc.constantFrom('Marlene Okafor', 'Rose Young', 'Ed Zoo-Mouse', 'Orbit Velvet'),
  email: fc.constantFrom('lunar@example.com', 'm.okafor@example.com', null),
});

describe.each(temporaryStyles)('a temporary password in %s', (style) => {
  it('keeps every policy in force, for every owner, with at least the bits that it asks for', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('classic', 'nist'),
        demands,
        demands,
        owners,
        fc.integer({ min: temporaryBits.min, max: temporaryBits.max }),
        (preset, more, own, owner, minBits) => {
          const policy = policyFor({ preset, demands: more, directories: { ldap: own } }, 'ldap');
          const made = generateTemporaryPassword({ style, minBits }, policy, owner);
          const value = made.password.expose();
          expect(judgePassword(value, policy, owner).broken).toEqual([]);
          expect(made.bits).toBeGreaterThanOrEqual(minBits);
          expect(made.bits).toBeLessThanOrEqual(Math.ceil([...value].length * Math.log2(95)));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('stays unprinted from the generator to the store of pending passwords', () => {
    const generated = generateTemporaryPassword({ style, minBits: 44 }, classic, {});
    const pending: PendingSecrets = createExpiringMap(() => 0);
    pending.set('reset-1', generated.password, 1000);
    const carriers = [generated, pending.get('reset-1'), { answer: [generated] }];
    const printed = carriers.flatMap((carrier) => [
      JSON.stringify(carrier),
      inspect(carrier, { depth: 5, showHidden: true }),
      format('%s %o %j', carrier, carrier, carrier),
    ]);
    for (const text of printed) expect(text).toContain('[redacted]');
    expect(printed.join(' ')).not.toContain(generated.password.expose());
    expect(pending.get('reset-1')?.expose()).toBe(generated.password.expose());
  });

  it('has its stated bits even for the strictest owner', () => {
    const policy = stricter(stricter(presets.classic, presets.nist), {
      ...presets.nist,
      blocked: ['mouse', 'northwind', 'velvet'],
    });
    const owner = { userName: 'zoo.mouse', displayName: 'Ed Velvet-Zoo', email: 'orbit@example.com' };
    let draws = 0;
    const count = 500;
    for (let made = 0; made < count; made += 1) {
      // Every draw of a password ends with one call of the engine: counts how often the engine was called.
      const long = { ...presets.classic, shortest: policy.shortest };
      const { password } = generateTemporaryPassword({ style, minBits: 44 }, long, {});
      if (!judgePassword(password.expose(), policy, owner).ok) draws += 1;
    }
    expect(draws / count).toBeLessThan(0.2);
  });

  it('consists of unambiguous characters that differ each time', () => {
    const made = many(style, 2000);
    expect(new Set(made).size).toBe(made.length);
    const shape =
      style === 'groups'
        ? /^[^-]{5}-[^-]{5}(?<!.*[Il1Oo0B8S5Z29!|].*)$/
        : /^[A-HJKMNP-Z][a-z]{3,6}(?:-[a-z]{4,7}){3}-[234678]{2}$/;
    expect(made.filter((password) => !shape.test(password))).toEqual([]);
  });
});

/** Whether counts of equally likely values are as even as chance makes them (five deviations: wrong once in millions). */
const fair = (counts: readonly number[]): boolean => {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const statistic = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const freedom = counts.length - 1;
  return statistic < freedom + 5 * Math.sqrt(2 * freedom) + 10;
};
const countEach = (things: readonly string[], of: readonly string[]): number[] => {
  const counts = new Map(things.map((thing) => [thing, 0]));
  for (const thing of of) if (counts.has(thing)) counts.set(thing, (counts.get(thing) ?? 0) + 1);
  return [...counts.values()];
};

describe('the draw', () => {
  it('gives every number equally often over all pairs of bytes', () => {
    for (const count of [1, 2, 3, 7, 47, 1000, spokenWords.length, 65_536]) {
      let next = 0;
      const drawOnce = drawFrom(() => {
        const pair = Uint8Array.of(next >> 8, next & 255);
        next += 1;
        return pair;
      });
      const counts = Array.from({ length: count }, () => 0);
      const accepted = 65_536 - (65_536 % count);
      for (let draw = 0; draw < accepted; draw += 1) {
        const drawn = drawOnce(count);
        counts[drawn] = (counts[drawn] ?? 0) + 1;
      }
      expect(new Set(counts)).toEqual(new Set([accepted / count]));
    }
  });

  it('rejects values that would favour small numbers', () => {
    const pairs = [Uint8Array.of(255, 255), Uint8Array.of(0, 5)];
    expect(drawFrom(() => pairs.shift() ?? Uint8Array.of(0, 0))(3)).toBe(2);
  });

  it('favours no character within its kind, no place and no word (chi-square)', () => {
    const groups = Array.from({ length: 20_000 }, () => drawGroups(3, drawBelow)).map((password) =>
      password.replaceAll('-', ''),
    );
    const drawn = groups.flatMap((password) => [...password]);
    for (const kind of [upper, lower, digits, signs]) expect(fair(countEach([...kind], drawn))).toBe(true);
    const places = Array.from(
      { length: 15 },
      (_, at) => groups.filter((password) => digits.includes(password[at] ?? '')).length,
    );
    expect(fair(places)).toBe(true);
    const words = Array.from({ length: 20_000 }, () => drawWords(7, drawBelow)).map((password) =>
      password.split('-'),
    );
    expect(
      fair(
        countEach(
          spokenWords,
          words.flatMap((parts) => parts.slice(1, 7)),
        ),
      ),
    ).toBe(true);
    expect(
      fair(
        countEach(
          firstWords,
          words.map(([first = '']) => first.toLowerCase()),
        ),
      ),
    ).toBe(true);
  });

  it('fails the same test if it takes a remainder', () => {
    let seed = 1;
    const careless = (count: number) => {
      seed = (seed * 16_807) % 2_147_483_647;
      return (seed % 64) % count;
    };
    const counts = Array.from({ length: 47 }, () => 0);
    for (let draw = 0; draw < 20_000; draw += 1) {
      const drawn = careless(47);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    expect(fair(counts)).toBe(false);
  });

  it('counts the bits of groups as they can be counted one by one', () => {
    // One group of five has to hold all four kinds: 2 of one kind and 1 of each other.
    const sizes = [upper, lower, digits, signs].map(({ length }) => length);
    const ways = sizes.reduce((sum, twice) => sum + twice * sizes.reduce((a, b) => a * b, 1) * 60, 0);
    expect(bitsOfGroups(1)).toBeCloseTo(Math.log2(ways), 6);
  });
});
