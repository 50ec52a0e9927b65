import { z } from 'zod';

/** Control characters: none belongs in a line; in a note, line breaks and tabs do. */
const control = /\p{Cc}/gu;
const controlInNote = /[^\P{Cc}\n\r\t]/gu;
/** Characters that take no space or reverse the direction of the text after them, so that different texts look the same. */
const invisible = /\p{Cf}|\p{Zl}|\p{Zp}|\u034F|\u115F|\u1160|\u17B4|\u17B5|\u3164|\uFFA0/gu;
/** In a note, marks and isolates of direction are kept: texts in Arabic or Hebrew need them, and they end with their line. */
const invisibleInNote =
  /[\u00AD\u180E\u200B\u2060-\u2064\uFEFF\u202A-\u202E\u206A-\u206F\u{E0000}-\u{E007F}]/gu;
/** Alphabets with letters that look alike. */
const alphabets = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u] as const;
const [joiner, nonJoiner] = ['\u200D', '\u200C'] as const;

/** Whether a joiner may follow this letter: in Persian or Hindi it changes the spelling, in Latin letters it is invisible. */
const takesJoiners = (letter: string): boolean =>
  /[\p{L}\p{M}]/u.test(letter) && !alphabets.some((alphabet) => alphabet.test(letter));

/** A line without characters that cannot be seen. Joiners stay between letters whose spelling they change. */
export const withoutInvisible = (text: string): string =>
  text.replaceAll(invisible, (found, at: number) =>
    (found === joiner || found === nonJoiner) &&
    takesJoiners(text[at - 1] ?? '') &&
    takesJoiners(text[at + 1] ?? '')
      ? found
      : '',
  );

/** Whether a word mixes letters of alphabets that look alike, such as a Cyrillic `а` in `Anna`. */
const mixesAlphabets = (text: string): boolean =>
  text
    .split(/[^\p{L}\p{M}]+/u)
    .some((word) => alphabets.filter((alphabet) => alphabet.test(word)).length > 1);

/** One line that a person typed, trimmed, without invisible characters, and with a space for each control character. */
export const typedLine = (max: number) =>
  z
    .string()
    .overwrite((text) => withoutInvisible(text).replaceAll(control, ' '))
    .trim()
    .max(max);

/** Why a text is not a valid name: it contains `control` characters or a word of `mixed` look-alike alphabets. Null if it is valid. */
export function nameFault(text: string): 'control' | 'mixed' | null {
  if (text.search(control) >= 0) return 'control';
  return mixesAlphabets(text) ? 'mixed' : null;
}

/** A name that a person typed, without invisible characters; what {@link nameFault} finds is refused. */
export const typedName = (max: number) =>
  z
    .string()
    .overwrite(withoutInvisible)
    .trim()
    .normalize('NFC')
    .min(1)
    .max(max)
    .refine((text) => nameFault(text) !== 'control', 'Remove the line breaks and control characters.')
    .refine(
      (text) => nameFault(text) !== 'mixed',
      'A word mixes letters of alphabets that look alike, such as Latin and Cyrillic.',
    );

/** A text of several lines that a person typed, trimmed and without control and invisible characters. */
export const typedNote = (max: number) =>
  z
    .string()
    .overwrite((text) => text.replaceAll(controlInNote, '').replaceAll(invisibleInNote, ''))
    .trim()
    .max(max);
