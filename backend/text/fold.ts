/** Letters that Unicode does not take apart into a base and an accent, as people type them without the accent. */
const unlikeTheirBase: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ς: 'σ',
};

const foldOne = (character: string): string => {
  let folded = '';
  for (const part of character.normalize('NFKD').toLowerCase().normalize('NFKD')) {
    if (!/\p{M}/u.test(part)) folded += unlikeTheirBase[part] ?? part;
  }
  return folded;
};

/** A word of a text, folded, with the UTF-16 position in the text of each of its folded units. */
export interface FoldedWord {
  readonly word: string;
  /** Half-open ranges of the original character behind each folded unit. */
  readonly spans: readonly (readonly [number, number])[];
}

/** The words of a text (letters and digits), without accents and case; the same for the index, the query and the marks. */
export function foldedWords(text: string): FoldedWord[] {
  const words: FoldedWord[] = [];
  let word = '';
  let spans: [number, number][] = [];
  const end = () => {
    if (word !== '') words.push({ word, spans });
    word = '';
    spans = [];
  };
  let at = 0;
  for (const character of text) {
    const next = at + character.length;
    if (/\p{M}/u.test(character)) {
      // An accent belongs to the letter before it, so that a mark never cuts between the two.
      const last = spans.at(-1);
      if (last) last[1] = next;
    } else {
      for (const unit of foldOne(character)) {
        if (/[\p{L}\p{N}]/u.test(unit)) {
          word += unit;
          for (let i = 0; i < unit.length; i += 1) spans.push([at, next]);
        } else end();
      }
    }
    at = next;
  }
  end();
  return words;
}

/** The key under which a user name, an e-mail address or an employee number is equal to another: case, not accents. */
export const identityKey = (value: string): string => value.trim().normalize('NFKC').toLowerCase();

/** The digits of a phone number, in ASCII. */
export const phoneDigits = (phone: string): string => phone.normalize('NFKC').replaceAll(/\D/gu, '');

const tokenizerKnows =
  /[a-z0-9\u00E0-\u024F\u0386-\u03CE\u0400-\u0481\u048A-\u0527\u05D0-\u05EA\u0620-\u064A\u1100-\u11FF\u3041-\u3096\u30A1-\u30FA\u4E00-\u9FA5]/u;

/**
 * A folded word as the index stores it. SQLite's tokenizer knows Unicode 6.1 and would cut words at letters that are newer or
 * were no letters then: such a letter is spelled as its number, the same in index and query.
 */
export const indexWord = (word: string): string =>
  [...word]
    .map((letter) =>
      tokenizerKnows.test(letter) ? letter : `x${(letter.codePointAt(0) ?? 0).toString(16).padStart(6, '0')}`,
    )
    .join('');

/** The words that find an account: of its name, of its user name, and each hyphenated or apostrophed part in one. */
export function indexedWords(displayName: string, userName: string): string {
  const words = new Set<string>();
  for (const chunk of [...displayName.split(/\s+/u), userName]) {
    const parts = foldedWords(chunk).map(({ word }) => indexWord(word));
    for (const part of parts) words.add(part);
    if (parts.length > 1) words.add(parts.join(''));
  }
  return [...words].join(' ');
}
