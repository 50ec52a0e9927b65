/** Characters that programs, keyboards and people write instead of a hyphen. */
const dashes = /[\p{Pd}\u00AD\u02D7\u2043\u2212\u23BA-\u23BD\u2500\u2501\u2796\u30FC\uFF70]/gu;

/** A text with ASCII hyphens for all dashes. */
export const hyphensOf = (text: string): string => text.replaceAll(dashes, '-');
