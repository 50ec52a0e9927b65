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
  /** Digits alone, as written and reversed: callers say the end of a number. */
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
  email_changed_at: Instant | null;
  phone_changed_at: Instant | null;
  /** Since when its owner, or the desk, has stopped everything; null when nobody has. */
  frozen_at: Generated<Instant | null>;
  created_at: Instant;
  updated_at: Instant;
  /** The import that saw the row last, to find a user name twice in one file. */
  seen_in_import: string | null;
}

/** What the built-in directory keeps about passwords. */
export interface AccountCredentialsTable {
  account_id: string;
  password_hash: string | null;
  set_at: Instant;
  must_change: Flag;
  /** Set for a temporary password. */
  temporary_until: Instant | null;
  /** The reset that set it. */
  reset_id: string | null;
  /** The password before a temporary one, while both are good. */
  old_hash: string | null;
  old_set_at: Instant | null;
  /** A reset came before: at the next sign-in its owner looks through what else could be used to get in. */
  review_due: Generated<Flag>;
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
  /** Nothing but the change of the password is open to it. */
  must_change: Flag;
  /** Nothing but the second factor is open to it. */
  needs_code: Generated<Flag>;
  client: Generated<string | null>;
  client_address: Generated<string | null>;
  last_used_at: Generated<Instant | null>;
}
