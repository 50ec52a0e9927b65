const scripts = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Thai}/u,
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u,
];

/** Whether a word with letters beyond ASCII cannot be part of a name, because it mixes signs, capitals or scripts. */
function isImplausible(word: string): boolean {
  if (/[\p{Cc}\p{Cn}\p{Co}\uFFFD]/u.test(word)) return true;
  if (
    /(?:\p{L}\p{M}*)[^\p{L}\p{M}\p{Nd}\p{Pd}\p{Z}'’.·•・&/@]/u.test(word) &&
    !/^[("'‘“„«]?[\p{L}\p{M}]+[)\]>»”"!?:]+$/u.test(word)
  )
    return true;
  if (/^[^\p{L}\p{N}("'‘’“„«-]\p{L}/u.test(word)) return true;
  // A bullet divides names in Chinese and Japanese, and ligatures are no letters of names.
  if (/\p{Script=Latin}•|[\uFB00-\uFB06\u2500-\u259F]/u.test(word)) return true;
  // Names are written as "Müller", "MÜLLER", "McÉwan", not as "mÜLLER" or "M\u00DCller".
  const capitals = word.match(/\p{Ll}\p{M}*\p{Lu}/gu)?.length ?? 0;
  if (capitals > 0 && /\p{Ll}\p{M}*(?=\P{ASCII})\p{Lu}/u.test(word)) return true;
  if (/^(?=\P{ASCII})\p{Ll}\p{M}*\p{Lu}/u.test(word)) return true;
  if (/^(?=\P{ASCII})\p{Lu}\p{M}*(?=\p{Script=Latin})\p{Lu}.*\p{Ll}/u.test(word)) return true;
  if (/\p{Lu}(?=\P{ASCII})\p{Lu}.*\p{Ll}|(?=\P{ASCII})\p{Ll}\p{M}*\p{Lu}|[ªº]/u.test(word)) return true;
  if (scripts.filter((script) => script.test(word)).length > 1) return true;
  // Text in other scripts turns into half-width Katakana and runs of accented letters when it is read in the wrong encoding.
  // Names such as Żółć have shorter runs of letters of Central Europe.
  return (
    /[\uFF61-\uFF9F]/u.test(word) || /[\u00C0-\u00FF]{3}|(?:(?=\P{ASCII})\p{Script=Latin}){5}/u.test(word)
  );
}

/** The share of words beyond ASCII that can be words of names. */
export function plausibility(text: string): number {
  const words = text.split(/[\s,;|"\t]+/u).filter((word) => /\P{ASCII}/u.test(word));
  if (words.length === 0) return 1;
  return 1 - words.filter(isImplausible).length / words.length;
}
