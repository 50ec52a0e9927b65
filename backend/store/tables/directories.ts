import type { Flag, Instant } from './columns.ts';

/** Directories that administrators configured. The built-in one has no row; accounts name it `built-in`. */
export interface DirectoriesTable {
  id: string;
  /** active-directory, ldap, keycloak or entra */
  kind: string;
  name: string;
  /** JSON of the kind's settings, without the service account's secret, which is sealed among the settings. */
  settings: string;
  enabled: Flag;
  created_at: Instant;
  changed_at: Instant;
  /** When an administrator removed it. Its accounts stay, closed. */
  removed_at: Instant | null;
  /** The position of the next read of changes; null before the first read has ended. */
  cursor: string | null;
  /** When all accounts were read for the first time. */
  first_read_at: Instant | null;
  /** When the last successful read ended. */
  read_at: Instant | null;
  /** JSON of a read of all accounts that has begun and not ended; null for none. */
  unfinished_read: string | null;
  /** Accounts seen so far by a read of all. */
  accounts_read: number;
  /** Code of the fault of the last read, if it failed. */
  fault: string | null;
  fault_at: Instant | null;
  /** Since when closures of accounts that are gone wait for a decision, because there are too many, and how many wait. */
  held_since: Instant | null;
  held_closures: number | null;
  /** Since when changes of many accounts wait for a decision. */
  changes_held_since: Instant | null;
  /** Until when an administrator allows any number of closures. */
  allowed_until: Instant | null;
  /** The current read: the backend that runs it, and until when no other backend takes it over. */
  leased_by: string | null;
  leased_until: Instant | null;
}

/** What an external directory reported about an account's password, in addition to the columns of `accounts`. */
export interface DirectoryAccountsTable {
  account_id: string;
  directory_id: string;
  read_at: Instant;
  password_set_at: Instant | null;
  must_change: Flag;
  locked_until: Instant | null;
  /** The controller that locked the account. */
  locked_at: string | null;
  /** The reset of the temporary password that this backend set and the user has not replaced yet, if there is one. */
  temporary_reset_id: string | null;
  /** The time that the directory reported after the password was set, in milliseconds; null if it reports none. */
  temporary_set_at: Instant | null;
  temporary_until: Instant | null;
  /** A digest of what the directory told of the account last; null if that was refused. */
  answer_digest: string | null;
}

/** A change of an account that waits for a decision, because its directory changes too many at once. */
export interface DirectoryHeldChangesTable {
  directory_id: string;
  account_id: string;
  /** JSON: contact, tier, manager */
  kinds: string;
  /** JSON of the changes for display, with contact data masked. */
  changes: string;
  /** Of the new values. */
  digest: string;
  held_at: Instant;
  /** When an administrator allowed it. It is made by the next read of all accounts if the directory still has the same values. */
  allowed_at: Instant | null;
}

/** An entry of a directory that cannot be in the index. */
export interface DirectoryRefusedEntriesTable {
  directory_id: string;
  /** A digest of the key, which may be long. */
  entry: string;
  /** The directory's key for the entry, as JSON: it may have characters that cannot be stored. */
  key: string;
  /** Shortened, and with the code points of invisible characters, as the detail. */
  user_name: string;
  reason: string;
  /** The value that is the reason. */
  detail: string;
  /** When it was read last. */
  read_at: Instant;
}

/** The changes of accounts by a directory within the last hour, which count towards a mass change. */
export interface DirectoryChangesTable {
  directory_id: string;
  account_id: string;
  kind: string;
  at: Instant;
}

/** Pending tasks in an external directory. A task is claimed with a lease, so that several backends could share the work. */
export interface DirectoryTasksTable {
  id: string;
  directory_id: string;
  account_id: string;
  /** replace-password, withdraw-pass or end-sessions */
  kind: string;
  /** expired, revoked, frozen or not-delivered */
  reason: string;
  reset_id: string | null;
  /** When the password was set. It is replaced only if it is still the one from that time. */
  password_set_at: Instant | null;
  due_at: Instant;
  attempts: number;
  leased_by: string | null;
  leased_until: Instant | null;
  /** Code of the last attempt's fault. */
  fault: string | null;
  done_at: Instant | null;
  /** replaced, changed-since, unchecked, done or gone */
  outcome: string | null;
}
