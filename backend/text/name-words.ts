import { foldedWords, indexWord } from './fold.ts';
import { transliterations } from './transliterate.ts';

/** What the search index stores of an account. */
export interface IndexedWords {
  /** The words of an account, separated by blanks. */
  readonly words: string;
  /** Those words of its name that are in Latin letters, with which mistyped words are compared. */
  readonly names: readonly string[];
}

/** Letters that are written as two on keyboards without them. */
const writtenAsTwo: Readonly<Record<string, string>> = {
  ä: 'ae',
  æ: 'ae',
  å: 'aa',
  ö: 'oe',
  ø: 'oe',
  œ: 'oe',
  ő: 'oe',
  ü: 'ue',
  ű: 'ue',
  đ: 'dj',
};
const hasLetterWrittenAsTwo = /[äæåöøœőüűđ]/u;
/** Two letters that may stand for one. After a vowel, as in Bauer, and in `que` they do not. */
const twoForOne = /(?<![aeiouq])([aou])e|a(a)/gu;
const beginsLikeTwoForOne = /[aou]e|aa/u;
/** Words before a family name that are also written as one word with it. */
const particles = new Set(
  (
    'a abd abdel abdul abu af al am an ap auf aus av bar bat ben bin bint d da das dal de degli dei del della delle den der des di do dos du e ' +
    'el fitz ibn im in la las le les lo los lou m mac mc mor nic ni o op saint san santa st sao sri t te ten ter thor to tor um und van ver vom von vor y zu zum zur ' +
    'عبد ابو ابن بن بنت ام ال'
  ).split(' '),
);
const isWithoutBlanks = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const [minName, maxName, maxSuffixes, maxJoined] = [3, 24, 8, 6];
/** Whether a word can be mistyped or misheard, which is so for Latin letters only. */
export const isName = (word: string): boolean =>
  word.length >= minName && word.length <= maxName && /^[a-z]+$/.test(word);

const plain = (text: string): string =>
  foldedWords(text)
    .map(({ word }) => word)
    .join('');

/** Other spellings of a word of a name: two letters for one and one for two, and in Latin letters. `raw` is the word as written. */
function spellingsOf(raw: string, word: string): string[] {
  // oxlint-disable-next-line no-control-regex -- the range of ASCII begins with control characters
  const isAscii = /^[\0-\x7f]*$/.test(raw);
  if (isAscii && !beginsLikeTwoForOne.test(word)) return [];
  const lowerCase = raw.normalize('NFC').toLowerCase();
  if (!isAscii && hasLetterWrittenAsTwo.test(lowerCase)) {
    return [plain([...lowerCase].map((letter) => writtenAsTwo[letter] ?? letter).join(''))];
  }
  const single = plain(lowerCase.replaceAll(twoForOne, '$1$2'));
  return [...(single === word || single.length < 2 ? [] : [single]), ...transliterations(lowerCase)];
}

/**
 * The ends of a name that is written without blanks, so that a given name after the family name is found; of a name in Arabic, the name without its
 * article.
 */
function suffixesOf(raw: string, word: string): string[] {
  if (isWithoutBlanks.test(raw))
    return [...raw].slice(1, maxSuffixes).map((_, at) => plain([...raw].slice(at + 1).join('')));
  return /^ال.{3}/u.test(word) ? [word.slice(2)] : [];
}

interface NameWord {
  readonly raw: string;
  readonly word: string;
}

/** Words of a name joined as they are also written: a particle with what follows it, and words in a script that needs no blanks. */
function joinedWords(words: readonly NameWord[]): string[] {
  if (words.length < 2) return [];
  const joined: string[] = [];
  for (const [at, { word, raw }] of words.entries()) {
    if (particles.has(word)) {
      const end = words.findIndex((other, next) => next > at && !particles.has(other.word));
      if (end > at && end - at < maxJoined)
        joined.push(
          words
            .slice(at, end + 1)
            .map((part) => part.word)
            .join(''),
        );
    } else if (isWithoutBlanks.test(raw) && isWithoutBlanks.test(words[at + 1]?.raw ?? '')) {
      joined.push(word + (words[at + 1]?.word ?? ''));
    }
  }
  return joined;
}

/** Swaps `MacDonald` and `McDonald`. */
const otherMac = (word: string): string[] =>
  /^mc[a-z]{3}/.test(word)
    ? [`mac${word.slice(2)}`]
    : /^mac[a-z]{3}/.test(word)
      ? [`mc${word.slice(3)}`]
      : [];

/** The words by which one part of a name between blanks is found. */
interface NamePart {
  readonly inOrder: readonly NameWord[];
  readonly names: readonly string[];
  readonly others: readonly string[];
}

function readPart(chunk: string): NamePart {
  const names: string[] = [];
  const others: string[] = [];
  const inOrder = foldedWords(chunk).map(({ word, spans }) => ({
    word,
    raw: chunk.slice(spans[0]?.[0] ?? 0, spans.at(-1)?.[1] ?? 0),
  }));
  let joinedAlike = '';
  for (const { word, raw } of inOrder) {
    const spellings = spellingsOf(raw, word);
    joinedAlike += spellings[0] ?? word;
    names.push(word, ...spellings);
    others.push(...suffixesOf(raw, word));
    const second = /\p{Ll}(\p{Lu}\p{Ll}.*)$/u.exec(raw)?.[1];
    if (second !== undefined) names.push(plain(second), ...otherMac(word));
    else if (word.startsWith('mc')) names.push(...otherMac(word));
  }
  if (inOrder.length > 1) others.push(inOrder.map(({ word }) => word).join(''), joinedAlike);
  return { inOrder, names, others };
}

/** Entries of the cache. Many accounts share names, and folding letters beyond ASCII is slow. */
const maxKept = 4000;
const keptParts = new Map<string, NamePart>();
/** ASCII without a capital or sign inside a word, and without letter pairs that stand for other letters. */
const isPlainPart = /^[A-Z]?[a-z0-9]*$/;

function partOf(chunk: string): NamePart {
  if (isPlainPart.test(chunk)) {
    const word = chunk.toLowerCase();
    if (!beginsLikeTwoForOne.test(word) && !word.startsWith('mc')) {
      return { inOrder: [{ word, raw: word }], names: [word], others: [] };
    }
  }
  const kept = keptParts.get(chunk);
  if (kept) return kept;
  const part = readPart(chunk);
  if (keptParts.size >= maxKept) keptParts.clear();
  keptParts.set(chunk, part);
  return part;
}

/** The words by which an account is found: those of its display name and user name in all their spellings. */
export function indexedWords(displayName: string, userName: string): IndexedWords {
  const parts = displayName
    .split(/\s+/u)
    .filter((chunk) => chunk !== '')
    .map(partOf);
  const names = new Set(parts.flatMap((part) => part.names));
  const all = new Set([...names, ...parts.flatMap(({ others }) => others)]);
  for (const joined of joinedWords(parts.flatMap(({ inOrder }) => inOrder))) {
    all.add(joined);
    for (const other of otherMac(joined)) all.add(other);
  }
  const ofLogin = foldedWords(userName).map(({ word }) => word);
  for (const part of ofLogin) all.add(part);
  if (ofLogin.length > 1) all.add(ofLogin.join(''));
  return {
    words: [...new Set(Array.from(all, indexWord))].join(' '),
    names: [...names].filter(isName),
  };
}

/** The words of names that were typed without blanks between them, as `JoDoe`; null for other texts. A particle is indexed joined with its name. */
function wordsAtCapitals(text: string): string[] | null {
  const divided = text.replaceAll(/(?<=\p{Ll})(?=\p{Lu}\p{L})/gu, ' ');
  if (divided === text) return null;
  const words = [...new Set(foldedWords(divided).map(({ word }) => word))];
  return words.some((word) => particles.has(word)) ? null : words;
}

/** The words of a query, and other divisions and spellings that may be meant. All words of one list must be found. */
export function wordedAlike(text: string, maxWords: number): readonly (readonly string[])[] {
  const words = [...new Set(foldedWords(text).map(({ word }) => word))].slice(0, maxWords);
  if (words.length === 0) return [];
  const lists = [words];
  const atCapitals = wordsAtCapitals(text);
  if (atCapitals !== null) lists.push(atCapitals.slice(0, maxWords));
  for (let at = 0; at + 1 < words.length; at += 1) {
    const end = particles.has(words[at] ?? '')
      ? words.findIndex((other, next) => next > at && !particles.has(other))
      : at + 1;
    const last = end < 0 ? words.length - 1 : end;
    lists.push([...words.slice(0, at), words.slice(at, last + 1).join(''), ...words.slice(last + 1)]);
  }
  const raw = text.split(/[\s,;.]+/u);
  if (raw.some((word) => transliterations(word).length > 0)) {
    for (const way of [0, 1])
      lists.push(
        raw.flatMap((word) => {
          const ways = transliterations(word);
          return foldedWords(ways[way] ?? ways[0] ?? word).map((part) => part.word);
        }),
      );
  }
  return lists.slice(0, maxWords).map((list) => list.map(indexWord));
}
