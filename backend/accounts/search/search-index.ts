import type { AccountRow } from '../../directories/directory.ts';

/** The fields that are compared from their start, in the order in which their hits are shown. */
export const keyFields = [
  'user_name_key',
  'email_key',
  'employee_number_key',
  'phone_digits',
  'phone_reversed',
] as const;
export type KeyField = (typeof keyFields)[number];

/** A query. */
export interface Wanted {
  /** The start of each field; a field without one is not searched. */
  readonly starts: Readonly<Partial<Record<KeyField, string>>>;
  /** Finds accounts with a word that starts with each of these. Folded to letters and digits. */
  readonly words: readonly string[];
  /** The maximum number of accounts per field, and for the words. */
  readonly max: number;
}

/** The accounts that match a field, in that field's order, or the words, in the order of creation. */
export interface Candidates {
  readonly by: KeyField | 'words';
  readonly accounts: readonly AccountRow[];
}

/** The search index of a database. Both implementations give the same answers for the same accounts. */
export interface SearchIndex {
  candidates(wanted: Wanted): Promise<Candidates[]>;
  /** The number of accounts. */
  count(): Promise<number>;
  close(): void;
}

/** The upper bound of the texts that start with a given text, in byte order. */
export const lastAfter = (start: string): string => `${start}\u{10FFFF}`;
