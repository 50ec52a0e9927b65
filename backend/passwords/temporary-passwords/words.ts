import { wordlist } from '@scure/bip39/wordlists/english.js';
import { digits } from './characters.ts';
import type { DrawBelow } from './draw-below.ts';

/** Words of the list that sound like another word with a different spelling. */
const homophones = new Set(
  (
    'able affair afford aisle alter ball base beach blue board bread cereal check cheese chef choose claim core cousin crew cruise current deer desert ' +
    'draft earn eight fault feel file find fine flee flower grain great guard guess hair hard heart hole horse hour idle island knee knife knock know ' +
    'lake leaf lend link load loan maid mail main mask meat medal metal minor moral night order owner pair patient patrol peace pear phrase piece pole ' +
    'praise prize profit quit rain raise real right road role rough route rude sail scan scene seat seed seek sell sense side sight sign size slow sort ' +
    'soul spare stairs steak steel still story such suit sweet sword symbol tail team thank that then there they this three tide tired toe tone tower ' +
    'true turn twelve used very vessel wage wait wall want waste wave wear weather what wheat wheel when where wild will wine wish wood word world wrap ' +
    'write wrong year young'
  ).split(' '),
);

/** Four to seven letters: shorter words get lost on the phone, longer ones are mistyped. */
export const spokenWords = wordlist.filter((word) => /^[a-z]{4,7}$/.test(word) && !homophones.has(word));
/** Candidates for the first word, whose capital must not be confused with another character. */
export const firstWords = spokenWords.filter((word) => !/^[ilo]/.test(word));

const minLetters = 4;
const minWords = 7;

/** The number of words that reach a length in every case, including hyphens and the final digit. */
export const wordsFor = (shortest: number): number =>
  Math.max(minWords, Math.ceil((shortest - 1) / (minLetters + 1)));

/** Draws a password such as `Tape-lunar-velvet-…-7`, which has every kind of character. */
export function drawWords(words: number, drawBelow: DrawBelow): string {
  const pick = <T>(from: ArrayLike<T>): T => from[drawBelow(from.length)] as T;
  const first = pick(firstWords);
  const others = Array.from({ length: words - 1 }, () => pick(spokenWords));
  return [first.charAt(0).toUpperCase() + first.slice(1), ...others, pick(digits)].join('-');
}

/** The bits of randomness; no two draws give the same password. */
export const bitsOfWords = (words: number): number =>
  Math.log2(firstWords.length) + (words - 1) * Math.log2(spokenWords.length) + Math.log2(digits.length);
