import { describe, expect, it } from 'vitest';
import { formatRemaining } from './countdown.ts';
import { classifyCharacters } from './password-characters.ts';
import { spellPassword } from './spelling-alphabet.ts';

describe('reading a password out', () => {
  it('spells letters by the alphabet, announces capitals, says digits and signs as words', () => {
    expect(spellPassword('k7-T')).toBe('K as in Kilo, seven, hyphen, capital T as in Tango');
  });
  it('says a password of words as words, with its capital, hyphens and digit', () => {
    expect(spellPassword('Tape-lunar-velvet-7', 'words')).toBe(
      'tape with a capital T, hyphen, lunar, hyphen, velvet, hyphen, seven',
    );
  });
  it('cuts a password into letters, digits and signs without losing a character', () => {
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
