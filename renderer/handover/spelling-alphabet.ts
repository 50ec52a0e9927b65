import { handoverTexts } from '../texts/en/handover.ts';

const { letters, digits, signs, small, capital, separator } = handoverTexts.spelling;

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

/** The spelling line: `K as in Kilo, seven, hyphen`. Plain letters are small ones, capitals are announced. */
export const spellPassword = (password: string): string => [...password].map(spellCharacter).join(separator);
