import type { Spelling } from '../../texts/spelling/spelling.ts';

const fill = (pattern: string, letter: string, word: string) =>
  pattern.replace('{{letter}}', letter).replace('{{word}}', word);

/** One character as it is read out. Capitals are announced; a plain letter is lower case. */
function spellCharacter({ letters, digits, signs, small, capital }: Spelling, character: string): string {
  const index = character.toUpperCase().charCodeAt(0) - 65;
  const word = letters[index];
  if (character.length === 1 && word !== undefined) {
    return fill(character === character.toUpperCase() ? capital : small, character.toUpperCase(), word);
  }
  if (/^\d$/u.test(character)) return digits[Number(character)] ?? character;
  return (signs as Readonly<Record<string, string>>)[character] ?? character;
}

/** A word is read out as a word, with its capital announced. */
function sayWord({ capitalWord }: Spelling, word: string): string {
  const lowerCase = word.toLowerCase();
  const first = word.charAt(0);
  return first === first.toUpperCase() ? fill(capitalWord, first, lowerCase) : lowerCase;
}

/**
 * The text that reads a password out. Groups are spelled, with capitals announced: `K as in Kilo, seven, hyphen`. Words are read out as words
 * if the language does so: `tape with a capital T, hyphen, lunar`.
 */
export function spellPassword(password: string, style: 'groups' | 'words', spelling: Spelling): string {
  const asWords = style === 'words' && spelling.saysWords;
  const parts = asWords ? (password.match(/\p{L}+|\P{L}/gu) ?? []) : [...password];
  return parts
    .map((part) =>
      asWords && /^\p{L}/u.test(part) ? sayWord(spelling, part) : spellCharacter(spelling, part),
    )
    .join(spelling.separator);
}
