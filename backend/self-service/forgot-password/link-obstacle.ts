import type { PolicyDocument } from '../../../shared/api/policy.ts';
import { firstAccountObstacle } from '../../casework/decision/account-obstacle.ts';
import type { AccountRow } from '../../directories/directory.ts';

/** Why an account gets no link; its owner learns it by mail alone. */
export type LinkObstacle =
  'disabled' | 'expired' | 'frozen' | 'no-local-password' | 'new-address' | 'needs-the-desk';

/** What stands in the way of a link for an account, worst first; null when nothing does. */
export function linkObstacle(
  account: AccountRow,
  { selfService, contactCoolDown }: PolicyDocument,
  now: number,
): LinkObstacle | null {
  const obstacle = firstAccountObstacle({ account, coolDown: contactCoolDown, at: now }, [
    'disabled',
    'expired',
    'frozen',
    'no-local-password',
    'contact-changed',
  ]);
  if (obstacle !== null) return obstacle === 'contact-changed' ? 'new-address' : obstacle;
  const tier: readonly string[] = selfService.tiers;
  return tier.includes(account.tier) ? null : 'needs-the-desk';
}

/** What the mail says that comes in place of a link. */
export const obstacleMessages: Readonly<Record<LinkObstacle, string>> = {
  disabled: 'Your account is disabled, so its password cannot be reset. The help desk can tell you more.',
  expired: 'Your account has expired, so its password cannot be reset. The help desk can tell you more.',
  frozen:
    'Your account is frozen, because somebody reported a reset that was not asked for. The help desk must let it go first.',
  'no-local-password':
    'Your account has no password here: you sign in where your organisation keeps it. Reset it there, or ask the help desk where that is.',
  'new-address':
    'This address was put on file only a short time ago. To be safe, no link is sent to it yet. The help desk can reset your password when they have made sure that it is you.',
  'needs-the-desk':
    'Your account has more rights than most, so a mail alone is not enough to reset its password. The help desk does it when they have made sure that it is you.',
};
