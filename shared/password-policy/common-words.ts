import passwords from '@zxcvbn-ts/language-common/dist/passwords.json.mjs';
import englishWords from '@zxcvbn-ts/language-en/dist/commonWords.json.mjs';
import { fold, lettered, reversed } from './look-alikes.ts';
import { repeatedUnit } from './predictable.ts';

/** What the lists lack: words of help desks and of the languages next door. */
const ownWords = [
  'passwort', 'kennwort', 'willkommen', 'qwertz', 'azerty', 'geheim', 'hallo', 'schatz', 'sommer', 'herbst', 'motdepasse', 'bienvenue',
  'welcome', 'changeme', 'helpdesk', 'resetdesk', 'company', 'administrator', 'temporary', 'letmein', 'secret', 'passw',
]; // prettier-ignore

/** Both lists are sorted by how often a word is used; beyond this rank English words are too rare to be tried with every ending. */
const mostWords = 12_000;
const mostCovering = 1000;
const longestCovering = 12;
/** A common word counts when fewer characters than this are left beside it: a passphrase may well contain "winter". */
const fewestLeft = 6;
const shortestWord = 4;
/** Beyond it no single word can cover so much of a password. */
const longestWord = 24;

const byLetters = (word: string) => word.length >= shortestWord && /^[a-z]+$/.test(word);

/** The beginnings of some words: where none of them stands, no word begins, and there is nothing to look up. */
const beginningsOf = (some: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...some].map((word) => word.slice(0, shortestWord)));

function buildLists() {
  const words = new Set([
    ...ownWords,
    ...englishWords.slice(0, mostWords).filter(byLetters),
    ...passwords.filter((word) => word.length > shortestWord),
  ]);
  const mostCommon = new Set([
    ...ownWords,
    ...passwords.slice(0, mostCovering).filter((word) => word.length >= shortestWord),
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
/** Built when they are first asked for: whoever starts waits for no password. */
const lists = () => (built ??= buildLists());

/** Every way to read a password: as it is, backwards, with letters for signs. */
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

const leavesLittleBesideOneWord = (text: string): boolean => {
  if (text.length > longestWord + fewestLeft) return false;
  const { words, beginnings } = lists();
  for (let from = 0; from < fewestLeft; from += 1) {
    if (!beginnings.has(text.slice(from, from + shortestWord))) continue;
    for (let left = from; left < fewestLeft; left += 1) {
      const end = text.length - (left - from);
      if (end - from >= shortestWord && words.has(text.slice(from, end))) return true;
    }
  }
  return false;
};

/** Characters that stay when as much as possible is covered with the thousand most common passwords. */
const leftUncovered = (text: string): number => {
  const { mostCommon, commonBeginnings } = lists();
  /** For each place how few stay of what is before it. */
  const fewest = Array.from({ length: text.length + 1 }, (_, at) => at);
  for (let from = 0; from < text.length; from += 1) {
    const before = fewest[from] ?? 0;
    fewest[from + 1] = Math.min(fewest[from + 1] ?? 0, before + 1);
    if (!commonBeginnings.has(text.slice(from, from + shortestWord))) continue;
    for (let end = from + shortestWord; end <= Math.min(from + longestCovering, text.length); end += 1) {
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
      leavesLittleBesideOneWord(text) ||
      (unit !== text && leavesLittleBesideOneWord(unit)) ||
      (text.length > fewestLeft && leftUncovered(text) < fewestLeft)
    );
  });
