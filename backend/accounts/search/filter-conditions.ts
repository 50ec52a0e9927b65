import { builtInDirectory, type AccountFilter, type AccountStatus } from '../../../shared/api/account.ts';
import type { Condition } from './search-index.ts';

/** {@link statusesOf} in SQL: the condition for an account to have a status. `lockFor` in seconds. */
function statusCondition(status: AccountStatus, at: number, lockFor: number): Condition {
  switch (status) {
    case 'frozen':
      return { sql: 'frozen_at is not null', values: [] };
    case 'disabled':
      return { sql: 'disabled = 1', values: [] };
    case 'expired':
      return { sql: 'expires_at <= ?', values: [at] };
    case 'locked':
      return {
        sql: 'locked_since is not null and (failed_sign_ins = 0 or locked_since > ?)',
        values: [at - lockFor * 1000],
      };
    case 'no-local-password':
      return { sql: 'local_password = 0', values: [] };
    case 'active':
      return {
        sql: `frozen_at is null and disabled = 0 and (expires_at is null or expires_at > ?) and local_password <> 0
          and (locked_since is null or (failed_sign_ins <> 0 and locked_since <= ?))`,
        values: [at, at - lockFor * 1000],
      };
  }
}

/** The conditions of a filter at an instant in milliseconds. */
export function filterConditions(
  { status, tier, department, directory }: AccountFilter,
  at: number,
  lockFor: number,
): Condition[] {
  return [
    ...(status === undefined ? [] : [statusCondition(status, at, lockFor)]),
    ...(tier === undefined ? [] : [{ sql: 'tier = ?', values: [tier] }]),
    ...(department === undefined ? [] : [{ sql: 'department = ?', values: [department] }]),
    ...(directory === undefined
      ? []
      : directory === builtInDirectory
        ? [{ sql: 'directory_id is null', values: [] }]
        : [{ sql: 'directory_id = ?', values: [directory] }]),
  ];
}
