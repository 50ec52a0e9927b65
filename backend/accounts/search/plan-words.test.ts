import { describe, expect, it } from 'vitest';
import { planWords } from './plan-words.ts';
import type { AnyWord } from './search-index.ts';

const numbers = new Map([
  ['anna', 1],
  ['smith', 2],
  ['smyth.', 3],
]);
const begins = (...texts: string[]): AnyWord => texts.map((text) => ({ text, isWhole: false }));
const whole = (...texts: string[]): AnyWord => texts.map((text) => ({ text, isWhole: true }));
const plan = (...lists: AnyWord[]) => planWords(lists, (word) => numbers.get(word));

describe('the plan of a search by words', () => {
  it('compares bitmaps for common words', () => {
    expect(plan(begins('anna'), begins('smith'))).toEqual({ common: [[1], [2]], rare: [] });
  });

  it('looks up words in the index if none is common', () => {
    expect(plan(begins('rare'), begins('other'))).toBeNull();
  });

  it('looks up a rare word and compares its accounts with the bitmaps', () => {
    expect(plan(begins('anna'), begins('rare'))).toEqual({
      common: null,
      rare: [{ words: [begins('rare')], common: [[1]], lists: [begins('rare'), begins('anna')] }],
    });
  });

  it('divides a list of common and rare words', () => {
    const names = whole('smyth', 'smit');
    expect(plan(begins('anna'), names)).toEqual({
      common: [[1], [3]],
      rare: [{ words: [whole('smit')], common: [[1]], lists: [whole('smit'), begins('anna')] }],
    });
  });
});
