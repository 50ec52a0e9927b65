import passwords from '@zxcvbn-ts/language-common/dist/passwords.json.mjs';
import englishWords from '@zxcvbn-ts/language-en/dist/commonWords.json.mjs';
import { fold, lettered, reversed } from './look-alikes.ts';
import { repeatedUnit } from './predictable.ts';

/** Words that the lists lack: from help desks and other languages. */
const extraWords = [
  'passwort', 'kennwort', 'willkommen', 'qwertz', 'azerty', 'geheim', 'hallo', 'schatz', 'sommer', 'herbst', 'motdepasse', 'bienvenue',
  'welcome', 'changeme', 'helpdesk', 'resetdesk', 'company', 'administrator', 'temporary', 'letmein', 'secret', 'passw',
]; // prettier-ignore

/** Both lists are sorted by frequency. Attackers do not try rarer English words with every ending. */
const maxWordRank = 12_000;
const maxCoveringRank = 1000;
const maxCoveringLength = 12;
/** A password breaks the rule if it has fewer characters than this besides a common word. A passphrase may contain "winter". */
const minRemaining = 6;
const minWordLength = 4;
/** A longer password than this plus `minRemaining` cannot be little more than one word. */
const maxWordLength = 24;

const isPlainWord = (word: string) => word.length >= minWordLength && /^[a-z]+$/.test(word);

/** The first letters of each word. Where a text has none of them, no word begins and the lookups can be skipped. */
const beginningsOf = (words: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...words].map((word) => word.slice(0, minWordLength)));

function buildLists() {
  const words = new Set([
    ...extraWords,
    ...englishWords.slice(0, maxWordRank).filter(isPlainWord),
    ...passwords.filter((word) => word.length > minWordLength),
  ]);
  const mostCommon = new Set([
    ...extraWords,
    ...passwords.slice(0, maxCoveringRank).filter((word) => word.length >= minWordLength),
  ]);
  return {
    wholePasswords: new Set(passwords),
    words,
    beginnings: beginningsOf(words),
    mostCommon,
    commonBeginnings: beginningsOf(mostCommon),
  };
}

let built: ReturnType<typeof buildLists> | undefined;
/** Builds the lists at the first call, so that the start of the backend does not wait for them. */
const lists = () => (built ??= buildLists());

/** All readings of a password: as typed, with letters instead of look-alike characters, and each of these backwards. */
const readings = (password: string): string[] => {
  const folded = fold(password);
  const forwards = [folded, ...lettered(folded)];
  return [...new Set([...forwards, ...forwards.map(reversed)])];
};

/** Whether a password is, in any reading or repeated, one of the 49,000 most common. */
export const isCommonPassword = (password: string): boolean =>
  readings(password).some(
    (text) => lists().wholePasswords.has(text) || lists().wholePasswords.has(repeatedUnit(text)),
  );

const isMostlyOneWord = (text: string): boolean => {
  if (text.length > maxWordLength + minRemaining) return false;
  const { words, beginnings } = lists();
  for (let from = 0; from < minRemaining; from += 1) {
    if (!beginnings.has(text.slice(from, from + minWordLength))) continue;
    for (let left = from; left < minRemaining; left += 1) {
      const end = text.length - (left - from);
      if (end - from >= minWordLength && words.has(text.slice(from, end))) return true;
    }
  }
  return false;
};

/** The smallest number of characters that remain if the most common passwords cover as much of a text as they can. */
const countUncovered = (text: string): number => {
  const { mostCommon, commonBeginnings } = lists();
  /** For each position, the smallest number of uncovered characters before it. */
  const fewest = Array.from({ length: text.length + 1 }, (_, at) => at);
  for (let from = 0; from < text.length; from += 1) {
    const before = fewest[from] ?? 0;
    fewest[from + 1] = Math.min(fewest[from + 1] ?? 0, before + 1);
    if (!commonBeginnings.has(text.slice(from, from + minWordLength))) continue;
    for (let end = from + minWordLength; end <= Math.min(from + maxCoveringLength, text.length); end += 1) {
      if (before < (fewest[end] ?? 0) && mostCommon.has(text.slice(from, end))) fewest[end] = before;
    }
  }
  return fewest.at(-1) ?? 0;
};

/** Whether a password is little more than one common word, or than several of the most common passwords in a row. */
export const isCommonWord = (password: string): boolean =>
  readings(password).some((text) => {
    const unit = repeatedUnit(text);
    return (
      isMostlyOneWord(text) ||
      (unit !== text && isMostlyOneWord(unit)) ||
      (text.length > minRemaining && countUncovered(text) < minRemaining)
    );
  });
