import { builtInDirectory, type AccountFilter, type AccountStatus } from '../../../shared/api/account.ts';
import { filterToken } from '../../store/account-words.ts';
import type { Condition, SearchFilter } from './search-index.ts';

/** {@link statusesOf} in SQL: the condition for an account to have a status. `lockFor` in seconds. */
function statusCondition(status: AccountStatus, at: number, lockFor: number): Condition {
  switch (status) {
    case 'frozen':
      return { sql: 'frozen_at is not null', values: [] };
    case 'disabled':
      return { sql: 'disabled = 1', values: [] };
    case 'expired':
      return { sql: 'expires_at <= ?', values: [at] };
    case 'not-started':
      return { sql: 'starts_at > ?', values: [at] };
    case 'locked':
      return {
        sql: 'locked_since is not null and (failed_sign_ins = 0 or locked_since > ?)',
        values: [at - lockFor * 1000],
      };
    case 'no-local-password':
      return { sql: 'local_password = 0', values: [] };
    case 'active':
      return {
        sql: `frozen_at is null and disabled = 0 and (expires_at is null or expires_at > ?)
          and (starts_at is null or starts_at <= ?) and local_password <> 0
          and (locked_since is null or (failed_sign_ins <> 0 and locked_since <= ?))`,
        values: [at, at, at - lockFor * 1000],
      };
  }
}

/** The condition with which an index lists all accounts that may have a status; none for active accounts, which are most. */
function statusList(status: AccountStatus | undefined, at: number): Condition | null {
  switch (status) {
    case undefined:
    case 'active':
      return null;
    case 'locked':
      return { sql: 'locked_since is not null', values: [] };
    case 'expired':
      return { sql: 'expires_at is not null and expires_at <= ?', values: [at] };
    case 'not-started':
      return { sql: 'starts_at is not null and starts_at > ?', values: [at] };
    default:
      return statusCondition(status, at, 0);
  }
}

/** A filter for the search index, at an instant in milliseconds; null if every account meets it. */
export function searchFilter(
  { status, tier, department, directory }: AccountFilter,
  at: number,
  lockFor: number,
): SearchFilter | null {
  const isElsewhere = directory !== undefined && directory !== builtInDirectory;
  const conditions: Condition[] = [
    ...(status === undefined ? [] : [statusCondition(status, at, lockFor)]),
    ...(tier === undefined ? [] : [{ sql: 'tier = ?', values: [tier] }]),
    ...(department === undefined ? [] : [{ sql: 'department = ?', values: [department] }]),
    ...(isElsewhere ? [{ sql: 'directory_id = ?', values: [directory] }] : []),
    ...(directory === builtInDirectory ? [{ sql: 'directory_id is null', values: [] }] : []),
  ];
  if (conditions.length === 0) return null;
  return {
    conditions,
    words: [
      ...(department === undefined ? [] : [filterToken('department', department)]),
      ...(tier === undefined || tier === 'standard' ? [] : [filterToken('tier', tier)]),
      ...(isElsewhere ? [filterToken('directory_id', directory)] : []),
    ],
    list: statusList(status, at),
  };
}
