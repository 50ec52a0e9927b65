/** Characters that are invisible or change the direction of the text, so that two different names can look the same. */
const unseen = /[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Cc}]/u;
/** Joiners change the shape of a letter before them in these scripts, and nothing elsewhere. */
const joinedBefore = /[\p{Script=Arabic}\p{Script=Devanagari}\p{M}]$/u;
const joiners = new Set(['\u200C', '\u200D']);

const numberOf = (character: string): string =>
  `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;

/**
 * A text as it is printed. Characters that no font has, and invisible ones, are written as their numbers, so that no character is lost and different names
 * never look the same. `prints` says whether some font has a character.
 */
export function showInvisible(text: string, prints: (character: string) => boolean): string {
  let written = '';
  for (const character of text.normalize('NFC').replaceAll(/\s+/g, ' ')) {
    const shown =
      joiners.has(character) && joinedBefore.test(written)
        ? prints(character)
        : !unseen.test(character) && prints(character);
    written += shown ? character : numberOf(character);
  }
  return written;
}
