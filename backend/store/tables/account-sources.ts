import type { Flag, Instant } from './columns.ts';

/** A system that brings accounts into the built-in directory. `name` is the `source` of its accounts. */
export interface AccountSourcesTable {
  id: string;
  name: string;
  created_at: Instant;
  removed_at: Instant | null;
  /** When it last changed an account by SCIM. */
  changed_at: Instant | null;
  /** Since when its changes wait for a decision, because they were too many within an hour. */
  held_since: Instant | null;
  /** Until when any number of changes passes. */
  allowed_until: Instant | null;
}

export interface SourceTokensTable {
  id: string;
  source_id: string;
  label: string;
  /** Keyed hash of the value; null before it was shown. */
  hash: string | null;
  created_by: string;
  created_by_name: string;
  created_at: Instant;
  /** Days for which it is valid once it was shown. */
  days: number;
  /** Until when it can be shown, and then until when it is valid. */
  expires_at: Instant;
  last_used_at: Instant | null;
  revoked_at: Instant | null;
}

/** An account as its source keeps it by SCIM. */
export interface ScimUsersTable {
  account_id: string;
  source_id: string;
  user_name_key: string;
  external_id: string | null;
  /** JSON of the attributes that the schema has; never a password. */
  resource: string;
  version: number;
  created_at: Instant;
  changed_at: Instant;
}

/** All addresses of a resource in normal form, for filters. */
export interface ScimUserEmailsTable {
  account_id: string;
  email_key: string;
}

/** What a source changed within the last hour, each account and kind once. */
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
