import type { Transaction, Store } from '../../store/store.ts';

/** A reset by the help desk that a change comes right after. */
export interface RecentReset {
  readonly resetId: string;
  /** Milliseconds: from then on changes are simply made again. */
  readonly until: number;
}

/** A temporary password and a link are good for a day at most, so an older reset cannot have been used lately. */
const longestGood = 24 * 3_600_000;

/**
 * The newest reset of an account by the help desk of which the last step (handed over, used, own password chosen) was within the policy's time;
 * `within` in seconds, `at` in milliseconds. One that was taken back before anybody used it does not count.
 */
export async function findRecentReset(
  db: Transaction | Store['db'],
  accountId: string,
  within: number,
  at: number,
): Promise<RecentReset | null> {
  const span = within * 1000;
  const resets = await db
    .selectFrom('resets')
    .select(['id', 'intended_at', 'settled_at', 'used_at', 'password_set_at', 'revoked_at'])
    .where('account_id', '=', accountId)
    .where('state', '!=', 'failed')
    .where('intended_at', '>', at - span - longestGood)
    .execute();
  const last = resets
    .filter(
      ({ revoked_at, used_at, password_set_at }) =>
        revoked_at === null || (used_at ?? password_set_at) !== null,
    )
    .map((reset) => ({
      resetId: reset.id,
      until:
        Math.max(reset.intended_at, reset.settled_at ?? 0, reset.used_at ?? 0, reset.password_set_at ?? 0) +
        span,
    }))
    .toSorted((a, b) => b.until - a.until)[0];
  return last !== undefined && last.until > at ? last : null;
}
