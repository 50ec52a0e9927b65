import type { AccountRow } from '../../directories/directory.ts';

/** The fields that are looked at from their start, in the order in which their hits are shown. */
export const keyFields = [
  'user_name_key',
  'email_key',
  'employee_number_key',
  'phone_digits',
  'phone_reversed',
] as const;
export type KeyField = (typeof keyFields)[number];

/** What to look for. */
export interface Wanted {
  /** The start of each field; fields without one are not looked at. */
  readonly starts: Readonly<Partial<Record<KeyField, string>>>;
  /** Accounts that have, for each of these, a word that starts with it; folded: letters and digits alone. */
  readonly words: readonly string[];
  /** The maximum number of accounts per field, and for the words. */
  readonly max: number;
}

/** The accounts of one field in the order of that field, or of the words in the order in which accounts were made. */
export interface Candidates {
  readonly by: KeyField | 'words';
  readonly accounts: readonly AccountRow[];
}

/** Where a search looks: one for each database, the same answers for the same accounts. */
export interface SearchIndex {
  candidates(wanted: Wanted): Promise<Candidates[]>;
  /** How many accounts there are. */
  count(): Promise<number>;
  close(): void;
}

/** Sorts after every text that starts with the one before it, byte by byte. */
export const lastAfter = (start: string): string => `${start}\u{10FFFF}`;
