import { foldedWords } from '../../text/fold.ts';
import { titles } from '../../text/manager-name.ts';

/** What tickets, chats and address books put behind a name: "Doe, Jane (Sales)", "Jane Doe [external]". */
const remarks = /\s*[([{][^()[\]{}]*[)\]}]/gu;
const link = /^https?:\/\/\S*\/([^/?#\s]+)\/?(?:[?#]\S*)?$/iu;
/** A number with the country's code but without its sign, or with the prefix for calls out of North America. */
const withoutPlus = /^(?:011[\s.-]*)?([1-9][\d\s.()-]{8,17}\d)$/u;

/** The words of a text that are no titles; all of them if nothing else is left. */
function withoutTitles(text: string): string {
  const words = text.split(/\s+/u);
  const isTitle = (word: string): boolean => titles.has(foldedWords(word)[0]?.word ?? '');
  const others = words.filter((word) => !isTitle(word));
  return others.length === 0 ? text : others.join(' ');
}

/**
 * What may be meant by a text for which nothing was found: a name without a title, a remark in brackets and what follows a dash ("Frau Müller (HR)", "Jane Doe
 * - Ticket 4711"), the last part of a link, or a number with the sign of its country code. Null if that is the same text.
 */
export function loosenedText(typed: string): string | null {
  const text = typed.trim();
  if (text.length > 200) return null;
  const number = withoutPlus.exec(text)?.[1];
  if (number !== undefined && number.replaceAll(/\D/gu, '').length >= 10) return `+${number}`;
  const linked = link.exec(text)?.[1];
  if (linked !== undefined) return linked;
  const [before = '', after = ''] = text.replaceAll(remarks, ' ').split(/\s+[-–—|]\s+/u);
  const loose = withoutTitles((/\p{L}/u.test(before) ? before : after).trim());
  return loose === '' || loose === text ? null : loose;
}
