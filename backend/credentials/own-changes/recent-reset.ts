import type { Transaction, Store } from '../../store/store.ts';

/** A recent reset by the help desk. */
export interface RecentReset {
  readonly resetId: string;
  /** Until when changes are held, in milliseconds. */
  readonly until: number;
}

/** Milliseconds; temporary passwords and reset links are valid for at most a day, so an older reset cannot have been used recently. */
const maxValidityMs = 24 * 3_600_000;

/**
 * The newest reset of an account by the help desk whose last step (handover, use, own password chosen) was within `within` seconds before `at`
 * (milliseconds). A reset that was revoked before its use does not count.
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
    .where('intended_at', '>', at - span - maxValidityMs)
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
