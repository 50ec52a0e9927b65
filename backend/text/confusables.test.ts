import { describe, expect, it } from 'vitest';
import { confusableKey } from './confusables.ts';

describe('the key of names that look alike', () => {
  it.each([
    ['ann', 'аnn'],
    ['ace', 'асе'],
    ['oscar', 'οscаr'],
    ['Paul', 'ΡaUl'],
    ['bob', 'b0b'],
    ['lee', '1ee'],
    ['ann', 'ａｎｎ'],
  ])('is one for %s and %s', (one, other) => {
    expect(confusableKey(one)).toBe(confusableKey(other));
  });
  it.each([
    ['ann', 'anna'],
    ['иван', 'ivan'],
    ['müller', 'muller'],
  ])('differs for %s and %s', (one, other) => {
    expect(confusableKey(one)).not.toBe(confusableKey(other));
  });
});
