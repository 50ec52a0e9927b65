import type { Flag, Instant } from './columns.ts';

/** A system that supplies accounts to the built-in directory. `name` is the `source` of its accounts. */
export interface AccountSourcesTable {
  id: string;
  name: string;
  created_at: Instant;
  removed_at: Instant | null;
  /** The time of its last change by SCIM. */
  changed_at: Instant | null;
  /** The time since which its changes are refused until a decision, because there were too many within an hour. */
  held_since: Instant | null;
  /** The time until which any number of changes is allowed. */
  allowed_until: Instant | null;
}

export interface SourceTokensTable {
  id: string;
  source_id: string;
  label: string;
  /** The keyed hash of the value; null until the token is shown. */
  hash: string | null;
  created_by: string;
  created_by_name: string;
  created_at: Instant;
  /** Its validity in days from the moment when it is shown. */
  days: number;
  /** The end of the period in which the token can be shown; once it was shown, the end of its validity. */
  expires_at: Instant;
  last_used_at: Instant | null;
  revoked_at: Instant | null;
}

/** The resource that a source writes for an account by SCIM. */
export interface ScimUsersTable {
  account_id: string;
  source_id: string;
  user_name_key: string;
  external_id: string | null;
  /** The attributes of the schema as JSON, without passwords. */
  resource: string;
  version: number;
  created_at: Instant;
  changed_at: Instant;
}

/** The email addresses of a resource in normal form, for filters. */
export interface ScimUserEmailsTable {
  account_id: string;
  email_key: string;
}

/** The changes of a source within the last hour; each account and kind is counted once. */
export interface SourceChangesTable {
  source_id: string;
  account_id: string;
  /** contact, tier, manager, status or closed */
  kind: string;
  at: Instant;
}

/** The file settings of a source. */
export interface SourceFeedsTable {
  source_id: string;
  enabled: Flag;
  /** Whether each file contains every account of the source. */
  complete: Flag;
  /** Since when its folder cannot be listed; null while it can. */
  unlisted_since: Instant | null;
  /** The backend that reads the files at the moment, and the end of its reservation, after which another backend may take over. */
  leased_by: string | null;
  leased_until: Instant | null;
}

/** A file that was read. */
export interface FeedRunsTable {
  id: string;
  source_id: string;
  file_name: string;
  /** SHA-256 of the file in hex. */
  digest: string;
  /** The time of the file's last change; null for files read by earlier versions. */
  file_changed_at: Instant | null;
  at: Instant;
  /** The import of the file; null if no import was started. */
  import_id: string | null;
  /** The code of the reason why the file was not imported. */
  fault: string | null;
}
