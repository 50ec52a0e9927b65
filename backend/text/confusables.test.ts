import { describe, expect, it } from 'vitest';
import { confusableKey, looksLatinOnly, mixesAlphabets } from './confusables.ts';

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

describe('a word', () => {
  it.each(['аnn', 'pοla', 'Pola Νegri', 'ann@ехample.com', 'annа.berg'])(
    'mixes alphabets that look alike: %s',
    (text) => {
      expect(mixesAlphabets(text)).toBe(true);
    },
  );
  it.each(['ann', 'Иван Smith', 'ivan.орлов', 'ilkışık', 'Müller', '佐藤T', 'ιωάννα'])(
    'is of one alphabet, or of ones that do not look alike: %s',
    (text) => {
      expect(mixesAlphabets(text)).toBe(false);
    },
  );
});

describe('a user name without a Latin letter', () => {
  it.each([
    ['сора', 'Cora Smith', true],
    ['сора', 'Сора Орлова', false],
    ['иван', 'Ivan Orlov', false],
    ['cora', 'Cora Smith', false],
    ['4711–12', 'Cora Smith', false],
    ['１２３', 'Cora Smith', false],
  ])('that looks Latin beside the name of its owner: %s of %s is %s', (userName, name, looksLatin) => {
    expect(looksLatinOnly(userName, name)).toBe(looksLatin);
  });
});
