import type { DeliveryChoices, DeliveryMode, OldPasswordFate } from '../../shared/api/delivery.ts';
import { maskEmail } from '../accounts/mask.ts';
import type { Standing } from '../cases/standing.ts';
import type { DirectoryCapabilities } from '../directory/directory.ts';
import { Refusal } from '../refusal.ts';
import { coolingUntil } from '../verification/check-obstacle.ts';
import { defaultDelivery, defaultFate } from './default-delivery.ts';

export interface DeliveryPlan {
  readonly mode: DeliveryMode;
  readonly fate: OldPasswordFate;
  /** The address that a sealed or split password goes to; null for a spoken one. */
  readonly to: string | null;
}

interface Means {
  readonly capabilities: DirectoryCapabilities;
  /** Whether mail leaves this computer: an operator may read the outbox. */
  readonly mailLeaves: boolean;
}

/** The address on file that may receive a secret: not changed lately, and mail really leaves. */
function channelOf({ found, policy, at }: Standing, { mailLeaves }: Means): string | null {
  const { email, email_changed_at: changedAt } = found.account;
  if (!mailLeaves || email === null) return null;
  return coolingUntil(changedAt, policy.document.contactCoolDown, at) === null ? email : null;
}

/** What an operator may choose from in a case. */
export function deliveryChoicesOf(read: Standing, means: Means): DeliveryChoices {
  const { policy, found, alertRaised, opened } = read;
  const to = channelOf(read, means);
  const keepsOld = means.capabilities.keepOldPassword;
  return {
    modes: policy.document.temporaryPassword.modes.map((mode) => ({
      mode,
      obstacle: mode !== 'spoken' && to === null ? 'no-channel' : null,
    })),
    mode: defaultDelivery(policy.document, { tier: found.account.tier, alertRaised }),
    sentTo: maskEmail(to),
    fates: keepsOld ? ['dies-now', 'works-until-used'] : ['dies-now'],
    fate: defaultFate(opened.reason, {
      // A frozen account is one that its owner believes to be in other hands.
      suspicious: alertRaised || found.account.frozen_at !== null,
      keepsOld,
    }),
  };
}

/** What a reset will do, or a refusal of what it was asked to do. */
export function planDelivery(
  read: Standing,
  asked: {
    readonly deliveryMode?: DeliveryMode | undefined;
    readonly oldPassword?: OldPasswordFate | undefined;
  },
  means: Means,
): DeliveryPlan {
  const choices = deliveryChoicesOf(read, means);
  const mode = asked.deliveryMode ?? choices.mode;
  const fate = asked.oldPassword ?? choices.fate;
  const found = choices.modes.find((allowed) => allowed.mode === mode);
  if (!found || !choices.fates.includes(fate)) throw new Refusal('reset.delivery-not-allowed');
  if (found.obstacle !== null) throw new Refusal('reset.no-channel');
  return { mode, fate, to: mode === 'spoken' ? null : channelOf(read, means) };
}
