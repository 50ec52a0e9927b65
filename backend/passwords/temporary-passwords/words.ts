import { wordlist } from '@scure/bip39/wordlists/english.js';
import { digits } from './characters.ts';
import type { DrawBelow } from './draw-below.ts';

/** Words of the list that are said as another word is said, with another spelling. */
const soundAlike = new Set(
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

/** Four to seven letters: shorter ones are lost on the phone, longer ones are typed wrong. */
export const spokenWords = wordlist.filter((word) => /^[a-z]{4,7}$/.test(word) && !soundAlike.has(word));
/** The first is written with a capital, which must not be mistaken for another sign. */
export const firstWords = spokenWords.filter((word) => !/^[ilo]/.test(word));

const shortestWord = 4;
const fewestWords = 7;

/** Words that reach a length whatever is drawn, hyphens and the digit at the end included. */
export const wordsFor = (shortest: number): number =>
  Math.max(fewestWords, Math.ceil((shortest - 1) / (shortestWord + 1)));

/** `Tape-lunar-velvet-…-7`: a capital, small letters, hyphens and a digit, so that it has every kind of character. */
export function drawWords(words: number, drawBelow: DrawBelow): string {
  const pick = <T>(from: ArrayLike<T>): T => from[drawBelow(from.length)] as T;
  const first = pick(firstWords);
  const others = Array.from({ length: words - 1 }, () => pick(spokenWords));
  return [first.charAt(0).toUpperCase() + first.slice(1), ...others, pick(digits)].join('-');
}

/** Bits of such a password; every draw is another one. */
export const bitsOfWords = (words: number): number =>
  Math.log2(firstWords.length) + (words - 1) * Math.log2(spokenWords.length) + Math.log2(digits.length);
