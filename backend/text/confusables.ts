/** Letters of other alphabets, and digits, by the Latin letter that they resemble in common fonts. After Unicode's confusables (UTS 39). */
const latin: Readonly<Record<string, string>> = {
  а: 'a',
  в: 'b',
  г: 'r',
  е: 'e',
  ё: 'e',
  з: '3',
  к: 'k',
  м: 'm',
  н: 'h',
  о: 'o',
  р: 'p',
  с: 'c',
  т: 't',
  у: 'y',
  х: 'x',
  ѕ: 's',
  і: 'i',
  ї: 'i',
  ј: 'j',
  һ: 'h',
  ԁ: 'd',
  ԛ: 'q',
  ԝ: 'w',
  ӏ: 'l',
  α: 'a',
  β: 'b',
  γ: 'y',
  ε: 'e',
  ζ: 'z',
  η: 'n',
  ι: 'i',
  κ: 'k',
  μ: 'm',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  υ: 'u',
  χ: 'x',
  ω: 'w',
  ı: 'i',
  ɑ: 'a',
  ɡ: 'g',
  ӧ: 'o',
  '0': 'o',
  '1': 'l',
  '|': 'l',
};

/** A key for how a name looks: texts with the same key cannot be told apart at a glance. */
export const confusableKey = (name: string): string =>
  [...name.normalize('NFKC').toLowerCase()].map((letter) => latin[letter] ?? letter).join('');

const isLatin = /\p{Script=Latin}/u;
/** The other alphabets with letters that look like Latin ones. */
const lookAlikes = [
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
];
// oxlint-disable-next-line no-control-regex -- the range of ASCII begins with control characters
const isAscii = /^[\0-\x7f]*$/;

/**
 * Whether a word of a text has letters of two alphabets that look alike, as `аnn` with a Cyrillic `а`. It cannot be told from the word in one alphabet,
 * and is not found by it.
 */
export function mixesAlphabets(text: string): boolean {
  if (isAscii.test(text)) return false;
  return text
    .split(/[^\p{L}\p{M}]+/u)
    .some((word) => [isLatin, ...lookAlikes].filter((alphabet) => alphabet.test(word)).length > 1);
}

/** Whether a user name seems to be in Latin letters but is not, although its owner's name is: `сора` for Cora. */
export function looksLatinOnly(userName: string, displayName: string): boolean {
  if (isAscii.test(userName) || !isLatin.test(displayName)) return false;
  const letters = userName.normalize('NFKC').toLowerCase().match(/\p{L}/gu) ?? [];
  if (letters.length === 0) return false;
  const alphabet = lookAlikes.find((other) => letters.every((letter) => other.test(letter)));
  return alphabet !== undefined && !alphabet.test(displayName) && letters.every((letter) => letter in latin);
}
