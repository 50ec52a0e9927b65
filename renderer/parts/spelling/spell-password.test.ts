import { describe, expect, it } from 'vitest';
import { formatRemaining } from '../clock/countdown.ts';
import { spellings, type Spelling } from '../../texts/spelling/spelling.ts';
import { countSpokenWords, passwordParts, spellPassword } from './spell-password.ts';

const { en, de, fr } = spellings;
/** Every character of a temporary password, including the signs that a policy can add. */
const characters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.,!?+=*#@%&$/:;()';

describe('a password that is read out', () => {
  it('is spelled by the alphabet, with words for capitals, digits and signs', () => {
    expect(spellPassword('k7-T', en)).toBe('K as in Kilo, seven, hyphen, capital T as in Tango');
  });
  it('of words has a tile for each word and digit', () => {
    const parts = passwordParts('Tape-lunar-otter-rescue-42', 'words', en);
    const tiles = parts.filter(({ tile }) => tile !== null);
    expect(tiles.map(({ text }) => text)).toEqual(['Tape', 'lunar', 'otter', 'rescue', '4', '2']);
    expect(tiles.map(({ caption }) => caption)).toEqual([
      'capital T',
      'lunar',
      'otter',
      'rescue',
      'four',
      'two',
    ]);
    expect(tiles.map(({ kind }) => kind)).toEqual(['letter', 'letter', 'letter', 'letter', 'digit', 'digit']);
    expect(tiles[2]?.spelled).toEqual(['Oscar', 'Tango', 'Tango', 'Echo', 'Romeo']);
    expect(tiles[0]?.spelled[0]).toBe('capital T as in Tango');
    expect(parts.map(({ said }) => said).join(' ')).toBe(
      'capital Tape hyphen lunar hyphen otter hyphen rescue hyphen four two',
    );
    expect(countSpokenWords(parts)).toBe(11);
  });
  it('of words is spelled letter by letter in a language in which its words cannot be pronounced', () => {
    const [first, , , second] = passwordParts('To-ab-4', 'words', de);
    expect(first).toMatchObject({ caption: 'großes T', spelled: ['großes T wie Tübingen', 'Offenbach'] });
    expect(second).toMatchObject({ text: '-', tile: null });
    expect(passwordParts('To', 'words', fr)[0]?.said).toBe('T majuscule comme Thérèse Oscar');
  });
  it.each(['groups', 'words'] as const)('in %s loses no character', (style) => {
    for (const password of ['kiv-7a', 'Tape-lunar-42', 'jLEYQ-*4kw7', 'Brave-otter-'])
      expect(
        passwordParts(password, style, en)
          .map(({ text }) => text)
          .join(''),
      ).toBe(password);
  });
  it('is spelled in the language of the caller, letter by letter outside English', () => {
    expect(spellPassword('k7-T', de)).toBe('K wie Köln, sieben, Bindestrich, großes T wie Tübingen');
    expect(spellPassword('k7-T', fr)).toBe('K comme Kléber, sept, tiret, T majuscule comme Thérèse');
    expect(spellPassword('To-7', de)).toBe('großes T wie Tübingen, O wie Offenbach, Bindestrich, sieben');
  });
  it.each(Object.entries(spellings) as [string, Spelling][])(
    'has a different text for every character in %s',
    (_name, spelling) => {
      const spoken = [...characters].map((character) => spellPassword(character, spelling));
      expect(spoken.filter((text, at) => text === '' || text === characters[at])).toEqual([]);
      expect(new Set(spoken).size).toBe(characters.length);
      for (const [at, word] of spelling.letters.entries())
        expect(word.normalize('NFD').charAt(0)).toBe(characters.charAt(at).toUpperCase());
    },
  );
  it('counts down to zero and never below', () => {
    expect([3_600_000, 3_581_000, 900, -5].map(formatRemaining)).toEqual([
      '1:00:00',
      '59:41',
      '0:01',
      '0:00',
    ]);
  });
});
