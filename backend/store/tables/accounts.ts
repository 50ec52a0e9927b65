import type { Generated } from 'kysely';
import type { Flag, Instant } from './columns.ts';

export interface AccountsTable {
  /** Also the row of `account_search`. */
  row_id: Generated<number>;
  id: string;
  directory: string;
  user_name: string;
  user_name_key: string;
  display_name: string;
  email: string | null;
  email_key: string | null;
  phone: string | null;
  /** Digits only, and reversed, since callers give the last digits of a number. */
  phone_digits: string | null;
  phone_reversed: string | null;
  employee_number: string | null;
  employee_number_key: string | null;
  department: string | null;
  manager: string | null;
  tier: string;
  disabled: Flag;
  local_password: Flag;
  locked_since: Instant | null;
  failed_sign_ins: number;
  expires_at: Instant | null;
  /** The first instant at which the owner can sign in; null if there is none. */
  starts_at: Generated<Instant | null>;
  email_changed_at: Instant | null;
  phone_changed_at: Instant | null;
  /** When the owner or the help desk froze the account; null if it is not frozen. */
  frozen_at: Generated<Instant | null>;
  /** When the manager on file changed; a new one does not vouch before the cool-down. */
  manager_changed_at: Generated<Instant | null>;
  /** When the tier changed, and the strongest tier before, whose rules apply during the cool-down. */
  tier_changed_at: Generated<Instant | null>;
  tier_before: Generated<string | null>;
  user_name_changed_at: Generated<Instant | null>;
  /** When the account was last enabled after it was disabled. */
  enabled_at: Generated<Instant | null>;
  /** The import or feed that the account comes from, such as `file` or `hr`. */
  source: Generated<string>;
  /** The id of the person in the source as written there, and in the form for comparisons. */
  source_id: Generated<string | null>;
  source_id_key: Generated<string | null>;
  /** The account of the manager on file, if it was found. */
  manager_id: Generated<string | null>;
  /** The text of `manager` for which that account was found. */
  manager_noted: Generated<string | null>;
  /** When the account was closed: its person left the source, or another person took over its user name. A closed account is disabled as well. */
  closed_at: Generated<Instant | null>;
  /** When an operator disabled the account; an import does not enable it again. */
  hand_disabled_at: Generated<Instant | null>;
  disabled_by: Generated<string | null>;
  disabled_reason: Generated<string | null>;
  /** The configured directory that keeps the account and its password; null for the built-in one. `directory` is its kind. */
  directory_id: Generated<string | null>;
  created_at: Instant;
  updated_at: Instant;
  /** The last complete file that contained the account, to find accounts that are missing from a file. */
  seen_in_import: string | null;
}

/** The words of accounts' names in Latin letters, with which mistyped or misheard words are compared. */
export interface NameWordsTable {
  word: string;
  /** The sound of the word, as a key. */
  sound: string;
}

/** The beginnings and names that many accounts have. */
export interface CommonWordsTable {
  id: Generated<number>;
  /** A beginning, or a whole name with a dot at its end. The row of the empty word has the size of the last sample. */
  word: string;
  /** The number of accounts when the word became common. */
  accounts: number;
}

/** The accounts with a common word, as one bit for each of the accounts of a block. */
export interface WordBitmapsTable {
  word_id: number;
  block: number;
  /** A bit string in PostgreSQL, bytes in SQLite. */
  bits: unknown;
}

/** Two accounts of different directories that belong to one person. The pair is in the order of the ids. */
export interface AccountLinksTable {
  id: string;
  account_id: string;
  other_id: string;
  /** What both had when they were linked: `email`, `employee-number` or `both`. */
  why: string;
  linked_at: Instant;
  /** When an administrator unlinked them; they are not linked again. Null while they are linked. */
  unlinked_at: Instant | null;
  unlinked_by: string | null;
  unlink_reason: string | null;
}

/** Further ids of an account: those that decisions added, and those of other sources. */
export interface AccountSourceIdsTable {
  source_id_key: string;
  source: string;
  source_id: string;
  account_id: string;
  added_at: Instant;
}

/** The built-in directory's passwords. */
export interface AccountCredentialsTable {
  account_id: string;
  password_hash: string | null;
  set_at: Instant;
  must_change: Flag;
  /** Set for a temporary password. */
  temporary_until: Instant | null;
  /** The reset that set it. */
  reset_id: string | null;
  /** The former password, while it is valid beside a temporary one. */
  old_hash: string | null;
  old_set_at: Instant | null;
  /**
   * Whether the owner must review the account's other ways to sign in. 0: no. 1: before anything else at the next sign-in, after a reset by the help
   * desk. 2: offered on the account page, after a reset that the owner requested.
   */
  review_due: Generated<0 | 1 | 2>;
}

export interface PasswordHistoryTable {
  id: Generated<number>;
  account_id: string;
  password_hash: string;
  set_at: Instant;
}

export interface UserSessionsTable {
  id: string;
  token_hash: string;
  account_id: string;
  created_at: Instant;
  expires_at: Instant;
  /** The session may only change the password. */
  must_change: Flag;
  /** The session may only enter the second factor. */
  needs_code: Generated<Flag>;
  client: Generated<string | null>;
  client_address: Generated<string | null>;
  last_used_at: Generated<Instant | null>;
}
