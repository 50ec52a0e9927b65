import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgePassword } from './check-password.ts';
import { askNothing, policyFor, presets, stricter, type PasswordPolicy } from './policy.ts';

const owner = { userName: 'm.okafor', displayName: 'Marlene Okafor', email: 'marlene.okafor@example.com' };

const policy: fc.Arbitrary<PasswordPolicy> = fc.record({
  shortest: fc.integer({ min: 1, max: 64 }),
  upper: fc.boolean(),
  lower: fc.boolean(),
  digit: fc.boolean(),
  special: fc.boolean(),
  kinds: fc.integer({ min: 0, max: 4 }),
  names: fc.boolean(),
  common: fc.boolean(),
  predictable: fc.boolean(),
  blocked: fc
    .uniqueArray(fc.constantFrom('northwind', 'harbour', 'nwt', 'zürich', 'tea'), { maxLength: 3 })
    .map((words) => words.toSorted()),
  history: fc.integer({ min: 0, max: 24 }),
  breached: fc.boolean(),
});
const password = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc
    .array(
      fc.constantFrom('Okafor', 'password', 'Harbour', 'nwt', '7', '!', 'tea', ' ', 'Kfx', 'q0', 'Zürich'),
      {
        maxLength: 8,
      },
    )
    .map((parts) => parts.join('')),
);

describe('the stricter of two policies', () => {
  it('accepts exactly the passwords that both accept', () => {
    fc.assert(
      fc.property(policy, policy, password, (a, b, text) => {
        const broken = (asked: PasswordPolicy) => judgePassword(text, asked, owner).broken;
        expect(new Set(broken(stricter(a, b)))).toEqual(new Set([...broken(a), ...broken(b)]));
      }),
      { numRuns: 400 },
    );
  });
  it('is commutative, associative and idempotent, with `askNothing` as its neutral element', () => {
    fc.assert(
      fc.property(policy, policy, policy, (a, b, c) => {
        expect(stricter(a, b)).toEqual(stricter(b, a));
        expect(stricter(stricter(a, b), c)).toEqual(stricter(a, stricter(b, c)));
        expect(stricter(a, a)).toEqual(a);
        expect(stricter(a, askNothing)).toEqual(a);
      }),
    );
  });
  it('is never weaker than the preset, the demands or the directory’s own rules', () => {
    fc.assert(
      fc.property(fc.constantFrom('classic', 'nist'), policy, policy, (preset, demands, directory) => {
        const asked = policyFor({ preset, demands, directories: { ldap: directory } }, 'ldap');
        for (const part of [presets[preset], demands, directory])
          expect(stricter(asked, part)).toEqual(asked);
      }),
    );
  });
});

it('judges the whole password the same in NFC and NFD', () => {
  fc.assert(
    fc.property(password, policy, (text, asked) => {
      expect(judgePassword(text.normalize('NFD'), asked, owner)).toEqual(
        judgePassword(text.normalize('NFC'), asked, owner),
      );
    }),
  );
  const long = 'Quiet harbour lantern 7 '.repeat(40);
  expect(judgePassword(`${long}okafor`, presets.nist, owner).broken).toEqual(['contains-name']);
  expect(judgePassword(long, presets.nist, owner).broken).not.toContain('too-short');
});
