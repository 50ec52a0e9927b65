import { describe, expect, it } from 'vitest';
import { formatRemaining } from '../clock/countdown.ts';
import { classifyCharacters } from '../../screens/case/handover/password-characters.ts';
import { spellings, type Spelling } from '../../texts/spelling/spelling.ts';
import { spellPassword } from './spell-password.ts';

const { en, de, fr } = spellings;
/** Every character of a temporary password, including the signs that a policy can add. */
const characters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.,!?+=*#@%&$/:;()';

describe('a password that is read out', () => {
  it('is spelled by the alphabet, with capitals announced and digits and signs as words', () => {
    expect(spellPassword('k7-T', 'groups', en)).toBe('K as in Kilo, seven, hyphen, capital T as in Tango');
  });
  it('of words is read out as words, with capital, hyphens and digit', () => {
    expect(spellPassword('Tape-lunar-velvet-7', 'words', en)).toBe(
      'tape with a capital T, hyphen, lunar, hyphen, velvet, hyphen, seven',
    );
  });
  it('is spelled in the language of the caller, letter by letter outside English', () => {
    expect(spellPassword('k7-T', 'groups', de)).toBe(
      'K wie Köln, sieben, Bindestrich, großes T wie Tübingen',
    );
    expect(spellPassword('k7-T', 'groups', fr)).toBe(
      'K comme Kléber, sept, tiret, T majuscule comme Thérèse',
    );
    expect(spellPassword('To-7', 'words', de)).toBe(
      'großes T wie Tübingen, O wie Offenbach, Bindestrich, sieben',
    );
  });
  it.each(Object.entries(spellings) as [string, Spelling][])(
    'has a different text for every character in %s',
    (_name, spelling) => {
      const spoken = [...characters].map((character) => spellPassword(character, 'groups', spelling));
      expect(spoken.filter((text, at) => text === '' || text === characters[at])).toEqual([]);
      expect(new Set(spoken).size).toBe(characters.length);
      for (const [at, word] of spelling.letters.entries())
        expect(word.normalize('NFD').charAt(0)).toBe(characters.charAt(at).toUpperCase());
    },
  );
  it('is split into letters, digits and signs without losing a character', () => {
    expect(classifyCharacters('kiv-7a')).toEqual([
      { text: 'kiv', kind: 'letter' },
      { text: '-', kind: 'sign' },
      { text: '7', kind: 'digit' },
      { text: 'a', kind: 'letter' },
    ]);
  });
  it('counts down to zero and never below', () => {
    expect([3_600_000, 3_581_000, 900, -5].map(formatRemaining)).toEqual([
      '1:00:00',
      '59:41',
      '0:01',
      '0:00',
    ]);
  });
});
