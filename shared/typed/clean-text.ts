/** Control and format characters, such as a byte order mark, zero-width and direction characters, soft hyphens and variation selectors. */
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Co}\p{Cs}\p{Cn}]/gu;

/** A typed or pasted text in full NFKC, without invisible characters; every run of blanks and line ends is one blank, none at its ends. */
export const cleanText = (typed: string): string =>
  typed
    .replaceAll(invisible, '')
    .normalize('NFKC')
    .replaceAll(invisible, '')
    .replaceAll(/[\s\p{Cc}\p{Z}]+/gu, ' ')
    .trim();
