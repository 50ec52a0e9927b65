import { foldedWords } from '../../text/fold.ts';
import { titles } from '../../text/manager-name.ts';

/** What tickets, chats and address books put behind a name: "Doe, Jane (Sales)", "Jane Doe [external]". */
const remarks = /\s*[([{][^()[\]{}]*[)\]}]/gu;
const link = /^https?:\/\/\S*\/([^/?#\s]+)\/?(?:[?#]\S*)?$/iu;
/** A number with the country's code but without its sign, or with the prefix for calls out of North America. */
const withoutPlus = /^(?:011[\s.-]*)?([1-9][\d\s.()-]{8,17}\d)$/u;

/** What is said behind a name in Japanese, Korean and Chinese instead of a title before it. */
const honorific =
  /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]{2})\s*(?:さん|さま|様|くん|君|殿|氏|先生|女士|小姐|씨|님)$/u;
/** An address as it is spelled on the telephone: "jane dot doe at example dot com". */
const spelledAt = /\s+(?:at|ät|arroba|chiocciola|arobase|apenstaartje)\s+/iu;
const spelledDot = /\s+(?:dot|punkt|point|punto|ponto|punt)\s+/giu;
/** Other spellings of a word of a family name, which are not indexed. */
const otherSpellings: readonly (readonly [pattern: RegExp, spelling: string])[] = [
  [/(?<![\p{L}\p{N}])saint(?![\p{L}\p{N}])/giu, 'st'],
  [/(?<![\p{L}\p{N}])st(?![\p{L}\p{N}])\.?/giu, 'saint'],
  [/(?<![\p{L}\p{N}])vd(?![\p{L}\p{N}])/giu, 'van der'],
];

/** The address that a text spells; null for any other text. */
function spelledAddress(text: string): string | null {
  const parts = text.split(spelledAt);
  if (parts.length !== 2) return null;
  const address = parts.map((part) => part.replaceAll(spelledDot, '.').trim()).join('@');
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(address) ? address : null;
}

/** A name without the number beside it, as in "Doe Jane 4711". */
const withoutNumbers = (text: string): string =>
  /\p{L}{2}/u.test(text)
    ? text
        .replaceAll(/(?<=^|\s)#?\d{3,}(?=\s|$)/gu, ' ')
        .replaceAll(/\s+/gu, ' ')
        .trim()
    : text;

/** The words of a text that are no titles; all of them if nothing else is left. */
function withoutTitles(text: string): string {
  const words = text.split(/\s+/u);
  const isTitle = (word: string): boolean => titles.has(foldedWords(word)[0]?.word ?? '');
  const others = words.filter((word) => !isTitle(word));
  return others.length === 0 ? text : others.join(' ');
}

/**
 * What may be meant by a text for which nothing was found: a name without a title, a remark in brackets and what follows a dash ("Frau Müller (HR)", "Jane Doe
 * - Ticket 4711"), a number beside it or an honorific behind it, a spelled address, the last part of a link, or a number with the sign of its country
 * code; or else another spelling of a word of a family name. Null if that is the same text.
 */
export function loosenedText(typed: string): string | null {
  const text = typed.trim();
  if (text.length > 200) return null;
  const number = withoutPlus.exec(text)?.[1];
  if (number !== undefined && number.replaceAll(/\D/gu, '').length >= 10) return `+${number}`;
  const linked = link.exec(text)?.[1];
  if (linked !== undefined) return linked;
  const spelled = spelledAddress(text);
  if (spelled !== null) return spelled;
  const [before = '', after = ''] = text.replaceAll(remarks, ' ').split(/\s+[-–—|]\s+/u);
  const loose = withoutNumbers(
    withoutTitles((/\p{L}/u.test(before) ? before : after).trim()).replace(honorific, ''),
  );
  if (loose !== '' && loose !== text) return loose;
  const other = otherSpellings.find(([pattern]) => text.search(pattern) !== -1);
  return other === undefined ? null : text.replaceAll(...other);
}
