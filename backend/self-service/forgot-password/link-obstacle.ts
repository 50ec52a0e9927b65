import type { PolicyDocument } from '../../../shared/api/policy.ts';
import { firstAccountObstacle } from '../../casework/decision/account-obstacle.ts';
import type { AccountRow } from '../../directories/directory.ts';

/** Why an account gets no reset link. Only its owner learns the reason, by mail. */
export type LinkObstacle =
  | 'disabled'
  | 'expired'
  | 'not-started'
  | 'frozen'
  | 'linked-frozen'
  | 'no-local-password'
  | 'new-address'
  | 'needs-the-desk';

/** The most severe reason why an account gets no reset link; null if it gets one. `now` is in milliseconds. */
export function linkObstacle(
  account: AccountRow,
  { selfService, contactCoolDown }: PolicyDocument,
  now: number,
): LinkObstacle | null {
  const obstacle = firstAccountObstacle({ account, coolDown: contactCoolDown, at: now }, [
    'disabled',
    'expired',
    'not-started',
    'frozen',
    'no-local-password',
    'contact-changed',
  ]);
  if (obstacle !== null) return obstacle === 'contact-changed' ? 'new-address' : obstacle;
  const tier: readonly string[] = selfService.tiers;
  return tier.includes(account.tier) ? null : 'needs-the-desk';
}

/** The text of the mail that is sent instead of a reset link. */
export const obstacleMessages: Readonly<Record<LinkObstacle, string>> = {
  disabled: 'Your account is disabled, so its password cannot be reset. Contact the help desk for details.',
  expired: 'Your account has expired, so its password cannot be reset. Contact the help desk for details.',
  'not-started':
    'Your account cannot be used before its first day, so its password cannot be reset yet. Contact the help desk for details.',
  frozen:
    'Your account is frozen because someone reported a reset that they had not asked for. The help desk must unfreeze it first.',
  'linked-frozen':
    'Another account of yours is frozen because someone reported a reset that they had not asked for. Until the help desk has unfrozen it, no links are sent for your other accounts either.',
  'no-local-password':
    'Your organisation manages your password elsewhere. Reset it there, or ask the help desk where that is.',
  'new-address':
    'This address was added to your account only recently, so no reset link is sent to it yet. The help desk can reset your password after verifying your identity.',
  'needs-the-desk':
    'Your account has elevated rights, so an email alone is not enough to reset its password. The help desk can reset it after verifying your identity.',
};
