import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presets } from '../../../shared/password-policy/policy.ts';
import { temporaryStyles } from '../../../shared/api/password-section.ts';
import { generateTemporaryPassword } from './generate-temporary-password.ts';

const counts = fc.record({
  upper: fc.integer({ min: 0, max: 6 }),
  lower: fc.integer({ min: 0, max: 30 }),
  digits: fc.integer({ min: 0, max: 6 }),
  signs: fc.integer({ min: 0, max: 6 }),
});
const countOf = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

describe.each(temporaryStyles)(
  'a temporary password in %s for a directory that counts characters',
  (style) => {
    it('has at least as many of each kind', () => {
      fc.assert(
        fc.property(counts, (least) => {
          const { password } = generateTemporaryPassword(
            { style, minBits: 44, characters: { least } },
            presets.classic,
            {},
          );
          const text = password.expose();
          expect(countOf(text, /[A-Z]/g)).toBeGreaterThanOrEqual(least.upper);
          expect(countOf(text, /[a-z]/g)).toBeGreaterThanOrEqual(least.lower);
          expect(countOf(text, /[0-9]/g)).toBeGreaterThanOrEqual(least.digits);
          expect(countOf(text, /[^A-Za-z0-9]/g)).toBeGreaterThanOrEqual(least.signs);
        }),
        { numRuns: 200 },
      );
    });

    it('is not longer where it has them already', () => {
      const least = { upper: 1, lower: 1, digits: 1, signs: 1 };
      const lengths = (rules: object) =>
        Math.max(
          ...Array.from(
            { length: 50 },
            () =>
              generateTemporaryPassword(
                { style: 'groups', minBits: 44, ...rules },
                presets.classic,
                {},
              ).password.expose().length,
          ),
        );
      expect(lengths({ characters: { least } })).toBe(lengths({}));
    });
  },
);
