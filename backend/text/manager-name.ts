import { foldedWords, identityKey } from './fold.ts';

/** The possible names of a manager: the keys of an account, or the words of a display name. */
export interface ManagerName {
  /** User names, addresses and employee numbers, in normal form. */
  readonly keys: readonly string[];
  /** The words of the name in alphabetical order, so that "Salo, Eeva" equals "Eeva Salo". */
  readonly words: readonly string[];
  /** The words without a title and a remark in brackets; empty if these are no different, or if a key in the brackets says who is meant. */
  readonly bareWords: readonly string[];
}

/** The first part of a distinguished name, unescaped: `CN=Salo\, Eeva,OU=…`. */
const distinguished =
  /^\s*(?:ldaps?:\/\/(?:[^/=]*\/)?)?(?:cn|uid|samaccountname|userid|employeenumber|mail)\s*=\s*((?:\\.|[^,+\\])+)/iu;

/** Resolves escapes; bytes in hex are UTF-8. */
const unescaped = (value: string): string =>
  value
    .replaceAll(/(?:\\[0-9a-f]{2})+/giu, (bytes) => Buffer.from(bytes.replaceAll('\\', ''), 'hex').toString())
    .replaceAll(/\\(.)/gu, '$1');

/** The canonical name of Active Directory, with the domain and the path before the name: `corp.example.com/Staff/Eeva Salo`. */
const canonical = /^[\w-]+(?:\.[\w-]+)+\/(?:[^/]*\/)*([^/]+)$/u;

/** The address of `Name <address>` and `mailto:address`; null for any other text. */
const addressIn = (text: string): string | null => {
  const [, bracketed, labelled] = /<([^<>\s]+@[^<>\s]+)>$|^(?:mailto|smtp):(\S+@\S+)$/iu.exec(text) ?? [];
  return bracketed ?? labelled ?? null;
};

/** What follows a name to say which of its bearers is meant: "Bo Lind (100002)", "Bo Lind [blind]". */
const bracketed = /\s[([]([^()[\]]+)[)\]]\s*$/u;
/** A user name or number before or behind a name: "blind - Bo Lind". */
const dashed = /^(?:(\S+)\s+[-–—|]\s+(\S.*)|(\S.*?)\s+[-–—|]\s+(\S+))$/u;
/** Whether a remark identifies a person: it has a digit or an address, or is written as user names are. */
const isKey = (remark: string): boolean =>
  !/\s/u.test(remark) && (/[\d@._]/u.test(remark) || /^\p{Ll}+$/u.test(remark));
/** Titles and forms of address, as folded words. */
export const titles: ReadonlySet<string> = new Set(
  `dr prof professor doctor doktor mr mrs ms mx miss sir herr herrn frau hr fr mag dipl ing med m mme mlle monsieur madame sr sra srta senor senora dott
   dottssa ir dhr mevr pan pani`.split(/\s+/u),
);

const wordsOf = (name: string): string[] =>
  foldedWords(name)
    .map(({ word }) => word)
    .toSorted();

/** The words of a name without titles and a remark, as long as two remain. */
export function bareWordsOf(name: string): string[] {
  const words = wordsOf(name.replace(bracketed, '')).filter((word) => !titles.has(word));
  return words.length > 1 ? words : [];
}

/** The name and the key in a text that has both. */
function nameAndKey(value: string): { name: string; key: string } | null {
  const remark = bracketed.exec(value)?.[1]?.trim();
  if (remark !== undefined) return isKey(remark) ? { name: value.replace(bracketed, ''), key: remark } : null;
  const [, first, second, third, fourth] = dashed.exec(value) ?? [];
  if (first !== undefined && second !== undefined && isKey(first)) return { name: second, key: first };
  return third !== undefined && fourth !== undefined && isKey(fourth) ? { name: third, key: fourth } : null;
}

/**
 * Reads a manager as sources name one: a distinguished or canonical name, `CORP\user`, an address or a user principal name, a user name, or a display name
 * in either order and any case, also as `Name <address>` and `Name (number)`. Null for an empty text.
 */
export function readManagerName(text: string | null): ManagerName | null {
  const whole = text?.trim() ?? '';
  const [, first] = distinguished.exec(whole) ?? [];
  const value =
    first === undefined
      ? (addressIn(whole) ?? canonical.exec(whole)?.[1] ?? whole).replace(/^[^\\\s@]+\\(?=\S)/u, '')
      : unescaped(first).trim();
  if (value === '') return null;
  const key = identityKey(value);
  const at = key.lastIndexOf('@');
  const local = at > 0 ? key.slice(0, at) : null;
  const both = nameAndKey(value);
  const words = wordsOf(at > 0 ? value.slice(0, value.lastIndexOf('@')) : value);
  const bare = both === null ? bareWordsOf(value) : [];
  return {
    keys: [key, ...(local === null ? [] : [local]), ...(both === null ? [] : [identityKey(both.key)])],
    words,
    bareWords: bare.join(' ') === words.join(' ') ? [] : bare,
  };
}

/** Whether two texts name a manager by the same words, such as `CN=Eeva Salo,OU=Staff`, "Salo, Eeva" and "EEVA SALO". */
export function isSameManagerName(one: string | null, other: string | null): boolean {
  if (one === other) return true;
  const [first, second] = [readManagerName(one), readManagerName(other)];
  if (first === null || second === null) return first === second;
  return first.words.length > 0 && first.words.join(' ') === second.words.join(' ');
}
