import { wordlist } from '@scure/bip39/wordlists/english.js';
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

/** Digits that are not confused when they are spoken or typed: no 0 (letter O), 1 (letter l), and neither of 5 and 9, which sound alike. */
const spokenDigits = '234678';
const [minLetters, minWords, digits] = [4, 3, 2];

/** The bits of randomness; no two draws give the same password. */
export const bitsOfWords = (words: number): number =>
  Math.log2(firstWords.length) +
  (words - 1) * Math.log2(spokenWords.length) +
  digits * Math.log2(spokenDigits.length);

/** The number of words that reach a strength in bits and a length, including hyphens and the final digits. */
export function wordsFor(shortest: number, bits: number): number {
  let words = Math.max(minWords, Math.ceil((shortest - digits) / (minLetters + 1)));
  while (bitsOfWords(words) < bits) words += 1;
  return words;
}

/** Draws a password such as `Tape-lunar-velvet-rescue-42`, which has every kind of character. */
export function drawWords(words: number, drawBelow: DrawBelow): string {
  const pick = <T>(from: ArrayLike<T>): T => from[drawBelow(from.length)] as T;
  const first = pick(firstWords);
  const others = Array.from({ length: words - 1 }, () => pick(spokenWords));
  const number = Array.from({ length: digits }, () => pick(spokenDigits)).join('');
  return [first.charAt(0).toUpperCase() + first.slice(1), ...others, number].join('-');
}
