import { frenchSpelling } from './fr.ts';
import { germanSpelling } from './de.ts';
import { englishSpelling } from './en.ts';

/** How a password is read out in the caller's language, whatever the console's language is. */
export interface Spelling {
  /** A BCP 47 tag, for screen readers. */
  readonly language: string;
  /** The language's own name and its alphabet. */
  readonly name: string;
  /** Whether the English words of a temporary password are read out as words; otherwise they are spelled. */
  readonly saysWords: boolean;
  readonly small: string;
  readonly capital: string;
  /** What the operator says for a capital at the beginning of a word, without the letter's own word. */
  readonly capitalLetter: string;
  readonly separator: string;
  /** A to Z. */
  readonly letters: readonly string[];
  /** Zero to nine. */
  readonly digits: readonly string[];
  readonly signs: Readonly<Record<keyof typeof englishSpelling.signs, string>>;
}

/** Every spelling by the name under which a choice is stored. The first is the default. */
export const spellings = {
  en: englishSpelling,
  de: germanSpelling,
  fr: frenchSpelling,
} as const satisfies Record<string, Spelling>;

/** The spelling of that name; the default for an unknown name. */
export const spellingNamed = (name: string): Spelling =>
  (spellings as Readonly<Record<string, Spelling>>)[name] ?? spellings.en;
