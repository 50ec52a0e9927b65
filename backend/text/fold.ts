import { domainToASCII } from 'node:url';
import { hanForm } from './han-forms.ts';

/** Letters that Unicode does not decompose, in the form in which people type them on other keyboards. */
const replacements: Readonly<Record<string, string>> = {
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

/** Katakana as hiragana, because both write the sound of a name that is read out. */
function inHiragana(letter: string): string {
  const code = letter.charCodeAt(0);
  return code >= 0x30a1 && code <= 0x30f6 ? String.fromCharCode(code - 0x60) : letter;
}

const foldOne = (character: string): string => {
  const code = character.charCodeAt(0);
  if (code < 0x80) return character.toLowerCase();
  let folded = '';
  for (const part of character.normalize('NFKD').toLowerCase().normalize('NFKD')) {
    if (!/\p{M}/u.test(part)) folded += replacements[part] ?? inHiragana(part);
  }
  return folded;
};

/** A folded word of a text, with the position of each of its UTF-16 units in the original text. */
export interface FoldedWord {
  readonly word: string;
  /** For each folded unit, the half-open range of the original character. */
  readonly spans: readonly (readonly [number, number])[];
}

/** {@link foldedWords} for a text that needs no folding, as most texts of an import. */
const asciiWords = (text: string): FoldedWord[] =>
  Array.from(text.toLowerCase().matchAll(/[a-z0-9]+/g), ({ 0: word, index }) => ({
    word,
    spans: Array.from(word, (_letter, at) => [index + at, index + at + 1] as const),
  }));

/** The words of a text (letters and digits) without accents and case. Index, query and highlighting all use it. */
export function foldedWords(text: string): FoldedWord[] {
  // oxlint-disable-next-line no-control-regex -- the range of ASCII begins with control characters
  if (/^[\0-\x7f]*$/.test(text)) return asciiWords(text);
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
      // A combining mark belongs to the letter before it, so that highlighting never separates the two.
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

/** A domain in ASCII without a trailing dot. Only text beyond ASCII is converted, since a number would become an IP address. */
function domainKey(domain: string): string {
  const bare = domain.endsWith('.') ? domain.slice(0, -1) : domain;
  return /[^\0-\x7F]/u.test(bare) ? domainToASCII(bare) || bare : bare;
}

/**
 * The normal form by which user names, email addresses and employee numbers are compared and stored: case-insensitive, accents count. The domain of an
 * address is in ASCII (`kai@bücher.example` becomes `kai@xn--bcher-kva.example`), as browsers and mail servers send it.
 */
export function identityKey(value: string): string {
  const key = value.trim().normalize('NFKC').toLowerCase();
  const at = key.lastIndexOf('@');
  return at < 0 ? key : key.slice(0, at + 1) + domainKey(key.slice(at + 1));
}

/** The ASCII digits of a phone number. */
export const phoneDigits = (phone: string): string => phone.normalize('NFKC').replaceAll(/\D/gu, '');

const tokenizerKnows =
  /[a-z0-9\u00E0-\u024F\u0386-\u03CE\u0400-\u0481\u048A-\u0527\u05D0-\u05EA\u0620-\u064A\u1100-\u11FF\u3041-\u3096\u30A1-\u30FA\u4E00-\u9FA5]/u;

/**
 * A folded word in the form of the index. Chinese characters have one form, whether they were written in the traditional or simplified one. SQLite's
 * tokenizer implements Unicode 6.1 and would split words at newer letters, so these are written as their code points, in the index and in queries.
 */
export const indexWord = (word: string): string =>
  /^[a-z0-9]*$/.test(word)
    ? word
    : [...word]
        .map(hanForm)
        .map((letter) =>
          tokenizerKnows.test(letter)
            ? letter
            : `x${(letter.codePointAt(0) ?? 0).toString(16).padStart(6, '0')}`,
        )
        .join('');
