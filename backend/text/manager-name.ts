import { foldedWords, identityKey } from './fold.ts';

/** The possible names of a manager: the keys of an account, or the words of a display name. */
export interface ManagerName {
  /** User names and addresses, in normal form. */
  readonly keys: readonly string[];
  /** The words of the name in alphabetical order, so that "Salo, Eeva" equals "Eeva Salo". */
  readonly words: readonly string[];
}

/** The first part of a distinguished name, unescaped: `CN=Salo\, Eeva,OU=…`. */
const distinguished = /^\s*(?:cn|uid|samaccountname)\s*=\s*((?:\\.|[^,+\\])+)/iu;

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

/**
 * Reads a manager as sources name one: a distinguished or canonical name, `CORP\user`, an address or a user principal name, a user name, or a display name
 * in either order and any case, also as `Name <address>`. Null for an empty text.
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
  return {
    keys: local === null ? [key] : [key, local],
    words: foldedWords(at > 0 ? value.slice(0, value.lastIndexOf('@')) : value)
      .map(({ word }) => word)
      .toSorted(),
  };
}

/** Whether two texts name a manager by the same words, such as `CN=Eeva Salo,OU=Staff`, "Salo, Eeva" and "EEVA SALO". */
export function isSameManagerName(one: string | null, other: string | null): boolean {
  if (one === other) return true;
  const [first, second] = [readManagerName(one), readManagerName(other)];
  if (first === null || second === null) return first === second;
  return first.words.length > 0 && first.words.join(' ') === second.words.join(' ');
}
