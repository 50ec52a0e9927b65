import type { AccountRow } from '../../directories/directory.ts';

/**
 * The fields that are compared from their start, in the order in which their hits are shown. `bare_employee_number` is a number with signs between its
 * parts, without these signs; `email_domain` is the domain of an address.
 */
export const keyFields = [
  'user_name_key',
  'email_key',
  'employee_number_key',
  'bare_employee_number',
  'phone_digits',
  'phone_reversed',
  'email_domain',
] as const;
export type KeyField = (typeof keyFields)[number];

/** The columns of an account that a search compares or shows. The others would take most of the time in which accounts are read. */
export const searchedColumns = [
  'row_id',
  'id',
  'directory',
  'directory_id',
  'user_name',
  'user_name_key',
  'display_name',
  'email',
  'email_key',
  'phone_digits',
  'phone_reversed',
  'employee_number',
  'employee_number_key',
  'department',
  'tier',
  'disabled',
  'local_password',
  'locked_since',
  'failed_sign_ins',
  'expires_at',
  'starts_at',
  'frozen_at',
] as const satisfies readonly (keyof AccountRow)[];

/** An account as a search reads it. */
export type SearchedAccount = Pick<AccountRow, (typeof searchedColumns)[number]>;

/** A word of a name, folded to letters and digits: a whole one, or the beginning of one. */
export interface WantedWord {
  readonly text: string;
  readonly isWhole: boolean;
}

/** Words of which an account has any. */
export type AnyWord = readonly WantedWord[];

/** A query. */
export interface Wanted {
  /** Beginnings of each field; a field without one is not searched. */
  readonly starts: Readonly<Partial<Record<KeyField, readonly string[]>>>;
  /** Whole values of fields. */
  readonly values: Readonly<Partial<Record<'employee_number_key' | 'phone_digits', readonly string[]>>>;
  /** Finds accounts that meet all of one of these lists. */
  readonly names: readonly (readonly AnyWord[])[];
  /** The maximum number of accounts per field, and for the names. */
  readonly max: number;
  /** What accounts must also meet; null for all accounts. */
  readonly filter?: SearchFilter | null;
}

/** A filter of a query. */
export interface SearchFilter {
  /** All of them must hold. Where no index helps, they are applied to the first {@link maxFiltered} matches only. */
  readonly conditions: readonly Condition[];
  /** Words of the index of names that all accounts within the filter have. */
  readonly words: readonly string[];
  /** A condition that an index answers. If at most {@link maxListed} accounts meet it, they are compared with the query one by one. */
  readonly list: Condition | null;
}

/** A condition on a row of `accounts` in SQL that both databases understand, with a `?` for each value. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** Matches per field, and for the names, that conditions are applied to. */
export const maxFiltered = 1000;

/** Accounts with a rare status that are read at once. */
export const maxListed = 300;

/** The accounts that match a field, in that field's order, or a name, in the order of creation. */
export interface Candidates {
  readonly by: KeyField | 'words';
  readonly accounts: readonly SearchedAccount[];
  /** More accounts match than conditions were applied to. */
  readonly isCut?: boolean;
}

/** Words of names that are asked for: those themselves, and those with the sounds, at most {@link maxOfASound} of each. */
export interface LikeNames {
  readonly words: readonly string[];
  readonly sounds: readonly string[];
}
export const maxOfASound = 300;

/** A word of accounts' names with its sound. */
export interface NameSound {
  readonly word: string;
  readonly sound: string;
}

/** The search index of a database. Both implementations give the same answers for the same accounts. */
export interface SearchIndex {
  candidates(wanted: Wanted): Promise<Candidates[]>;
  /** The words that begin a word of any account's name. */
  knownBeginnings(words: readonly string[]): Promise<readonly string[]>;
  /** The words of accounts' names that are among `words` or have one of the sounds. */
  namesLike(like: LikeNames): Promise<readonly NameSound[]>;
  /** The number of accounts, or what it was at most `maxAge` milliseconds ago. */
  count(maxAge?: number): Promise<number>;
  close(): void;
}

/** The upper bound of the texts that start with a given text, in byte order. */
export const lastAfter = (start: string): string => `${start}\u{10FFFF}`;
