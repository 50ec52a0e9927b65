import type { Spelling } from '../../texts/spelling/spelling.ts';

const fill = (pattern: string, letter: string, word: string) =>
  pattern.replace('{{letter}}', letter).replace('{{word}}', word);

/** One character as the operator reads it out. Capitals are announced; a plain letter is lower case. */
function spellCharacter({ letters, digits, signs, small, capital }: Spelling, character: string): string {
  const index = character.toUpperCase().charCodeAt(0) - 65;
  const word = letters[index];
  if (character.length === 1 && word !== undefined) {
    return fill(character === character.toUpperCase() ? capital : small, character.toUpperCase(), word);
  }
  if (/^\d$/u.test(character)) return digits[Number(character)] ?? character;
  return (signs as Readonly<Record<string, string>>)[character] ?? character;
}

/** A word or character of a password, as it is shown and said. */
export interface PasswordPart {
  readonly text: string;
  readonly kind: 'letter' | 'digit' | 'sign';
  /** The number of its tile, from 0; null for a hyphen, which stands between two. */
  readonly tile: number | null;
  /** Under the part: what is said besides the word itself, or what the character is called. */
  readonly caption: string;
  /** What the operator says for this part. */
  readonly said: string;
  /** The part letter by letter, for a caller who did not understand it. */
  readonly spelled: readonly string[];
}

const kindOf = (text: string): PasswordPart['kind'] =>
  /^\p{L}/u.test(text) ? 'letter' : /^\p{N}/u.test(text) ? 'digit' : 'sign';

/** The name of one letter: its word in the alphabet, with a capital announced. */
function callLetter(spelling: Spelling, letter: string): string {
  const word = spelling.letters[letter.toUpperCase().charCodeAt(0) - 65];
  return word === undefined || letter === letter.toUpperCase() ? spellCharacter(spelling, letter) : word;
}

/** The parts of a password: whole words and single digits, or single characters, with a hyphen between groups. */
export function passwordParts(
  password: string,
  style: 'groups' | 'words',
  spelling: Spelling,
): readonly PasswordPart[] {
  const texts = style === 'words' ? (password.match(/\p{L}+|\P{L}/gu) ?? []) : [...password];
  let tiles = 0;
  return texts.map((text) => {
    const kind = kindOf(text);
    const tile = text === '-' ? null : tiles++;
    const first = text.charAt(0);
    const isCapital = kind === 'letter' && first === first.toUpperCase();
    const capital = fill(spelling.capitalLetter, first, '');
    if (text.length > 1) {
      const spelled = [...text].map((letter) => callLetter(spelling, letter));
      const spoken = isCapital ? fill(spelling.capitalLetter, text, '') : text;
      const said = spelling.saysWords ? spoken : spelled.join(' ');
      return { text, kind, tile, caption: isCapital ? capital : text, said, spelled };
    }
    const called = kind === 'letter' ? callLetter(spelling, text) : spellCharacter(spelling, text);
    const said = spellCharacter(spelling, text);
    return { text, kind, tile, caption: isCapital ? capital : called, said, spelled: [said] };
  });
}

/** The number of words in which a password is read out. */
export const countSpokenWords = (parts: readonly PasswordPart[]): number =>
  parts.flatMap(({ said }) => said.split(/\s+/u)).length;

/** The text that spells a password character by character, with capitals announced: `K as in Kilo, seven, hyphen`. */
export const spellPassword = (password: string, spelling: Spelling): string =>
  [...password].map((character) => spellCharacter(spelling, character)).join(spelling.separator);
