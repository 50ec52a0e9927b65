import { handoverTexts } from '../texts/en/handover.ts';

const { letters, digits, signs, small, capital, capitalWord, separator } = handoverTexts.spelling;

const fill = (pattern: string, letter: string, word: string) =>
  pattern.replace('{{letter}}', letter).replace('{{word}}', word);

/** One character as it is read out (ICAO alphabet). A capital is announced; a letter without a word before it is a small one. */
export function spellCharacter(character: string): string {
  const index = character.toUpperCase().charCodeAt(0) - 65;
  const word = letters[index];
  if (character.length === 1 && word !== undefined) {
    return character === character.toUpperCase()
      ? fill(capital, character, word)
      : fill(small, character.toUpperCase(), word);
  }
  if (/^\d$/u.test(character)) return digits[Number(character)] ?? character;
  return (signs as Readonly<Record<string, string>>)[character] ?? character;
}

/** A word is said as a word; only its capital is announced. */
const sayWord = (word: string): string => {
  const said = word.toLowerCase();
  const first = word.charAt(0);
  return first === first.toUpperCase() ? fill(capitalWord, first, said) : said;
};

/**
 * The spelling line: `K as in Kilo, seven, hyphen` for groups, where plain letters are small ones and capitals are announced; `tape with a
 * capital T, hyphen, lunar` for words.
 */
export function spellPassword(password: string, style: 'groups' | 'words' = 'groups'): string {
  const parts = style === 'words' ? (password.match(/\p{L}+|\P{L}/gu) ?? []) : [...password];
  return parts
    .map((part) => (style === 'words' && /^\p{L}/u.test(part) ? sayWord(part) : spellCharacter(part)))
    .join(separator);
}
