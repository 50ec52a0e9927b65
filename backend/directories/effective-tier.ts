import { tiers } from '../../shared/api/account.ts';
import type { AccountRow } from './directory.ts';

/** An unknown tier counts as the strongest. */
const rank = (tier: string): number => {
  const at = tiers.findIndex((known) => known === tier);
  return at < 0 ? tiers.length : at;
};

/** The stronger of two tiers. */
export const strongerTier = (one: string, other: string): string => (rank(one) >= rank(other) ? one : other);

/**
 * The tier whose rules apply: for `coolDown` seconds after a change, the strongest that the account had, so that lowering a tier does not help the
 * next reset. `at` in milliseconds.
 */
export function effectiveTier(
  account: Pick<AccountRow, 'tier' | 'tier_before' | 'tier_changed_at'>,
  coolDown: number,
  at: number,
): string {
  const { tier, tier_before: before, tier_changed_at: changedAt } = account;
  const isCooling = before !== null && changedAt !== null && changedAt + coolDown * 1000 > at;
  return isCooling ? strongerTier(tier, before) : tier;
}
