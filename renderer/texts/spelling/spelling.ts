import { frenchSpelling } from './fr.ts';
import { germanSpelling } from './de.ts';
import { englishSpelling } from './en.ts';

/** How a password is read out in one language, which is the caller's and not the console's. */
export interface Spelling {
  /** BCP 47, for whoever has the line read to them. */
  readonly language: string;
  /** As it calls itself, with the alphabet it follows. */
  readonly name: string;
  /** Temporary passwords are made of English words: said as words where they are understood, spelled elsewhere. */
  readonly saysWords: boolean;
  readonly small: string;
  readonly capital: string;
  readonly capitalWord: string;
  readonly separator: string;
  /** A to Z. */
  readonly letters: readonly string[];
  /** Nought to nine. */
  readonly digits: readonly string[];
  readonly signs: Readonly<Record<keyof typeof englishSpelling.signs, string>>;
}

/** Every language that there is a file for, by the name under which a choice is kept. The first is the one when nothing was chosen. */
export const spellings = {
  en: englishSpelling,
  de: germanSpelling,
  fr: frenchSpelling,
} as const satisfies Record<string, Spelling>;

/** The spelling of that name; a name that there is no file for any more gets the first. */
export const spellingNamed = (name: string): Spelling =>
  (spellings as Readonly<Record<string, Spelling>>)[name] ?? spellings.en;
