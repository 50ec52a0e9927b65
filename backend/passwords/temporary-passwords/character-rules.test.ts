import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryStyles } from '../../../shared/api/password-section.ts';
import { presets } from '../../../shared/password-policy/policy.ts';
import { keepsRules, type CharacterRules } from './character-rules.ts';
import { generateTemporaryPassword } from './generate-temporary-password.ts';
import { NoPasswordPossible } from './no-password-possible.ts';

describe('the rules of a directory about characters', () => {
  it.each<[CharacterRules, kept: string, broken: string]>([
    [{ longest: 5 }, 'abcde', 'abcdef'],
    [{ maxRepeats: 2 }, 'aabbaa', 'baaab'],
    [{ maxRepeats: 1 }, 'aAa', 'aa'],
    [{ maxSequence: 2 }, 'ab12ba', 'xabc'],
    [{ maxSequence: 3 }, '123ab321', 'x4321'],
    [{ maxSameKind: 2 }, 'abAB12#-', 'aB123'],
    [{ maxSameKind: 1 }, 'aB1#', 'aB-#1'],
    [{ absent: ['ann', ''] }, 'hannover'.replace('ann', 'an'), 'hAnNover'],
    [{}, '', 'never broken'],
  ])('%o are kept by “%s” and not by “%s”', (rules, kept, broken) => {
    expect(keepsRules(kept, rules)).toBe(true);
    expect(keepsRules(broken, rules)).toBe(Object.keys(rules).length === 0);
  });
});

const someRules: fc.Arbitrary<CharacterRules> = fc.record(
  {
    longest: fc.integer({ min: 14, max: 40 }),
    maxRepeats: fc.integer({ min: 1, max: 4 }),
    maxSequence: fc.integer({ min: 2, max: 4 }),
    maxSameKind: fc.integer({ min: 2, max: 8 }),
    absent: fc.uniqueArray(fc.constantFrom('e', 'an', 'oka', '-', 'tape', 'x'), { maxLength: 3 }),
  },
  { requiredKeys: [] },
);

describe.each(temporaryStyles)(
  'a temporary password in %s for a directory with rules about characters',
  (style) => {
    it('keeps them, with the bits that the policy asks for', () => {
      fc.assert(
        fc.property(someRules, (characters) => {
          const rules = { style, minBits: 44, characters };
          const made = generateTemporaryPassword(rules, presets.classic, {});
          expect(keepsRules(made.password.expose(), characters)).toBe(true);
          expect(made.bits).toBeGreaterThanOrEqual(44);
        }),
        { numRuns: 50 },
      );
    });

    it('is found where few draws keep them', () => {
      const characters: CharacterRules = {
        longest: 14,
        maxRepeats: 1,
        maxSequence: 2,
        maxSameKind: 2,
        absent: [...'eao-'],
      };
      for (let times = 0; times < 200; times += 1) {
        const made = generateTemporaryPassword({ style, minBits: 44, characters }, presets.classic, {});
        expect(keepsRules(made.password.expose(), characters)).toBe(true);
      }
    });

    it('is not possible where the directory allows fewer characters than the policy demands', () => {
      const rules = { style, minBits: 44, characters: { longest: presets.classic.shortest - 1 } };
      expect(() => generateTemporaryPassword(rules, presets.classic, {})).toThrow(NoPasswordPossible);
    });
  },
);

it('a temporary password consists of words unless the directory’s rules forbid them', () => {
  const styleFor = (characters: CharacterRules) =>
    generateTemporaryPassword({ style: 'words', minBits: 44, characters }, presets.classic, {}).style;
  expect(styleFor({ longest: 64, maxRepeats: 2, maxSequence: 4 })).toBe('words');
  expect(styleFor({ longest: 16 })).toBe('groups');
  expect(styleFor({ maxSameKind: 3 })).toBe('groups');
});
