import type { DeliveryMode, OldPasswordFate } from '../../../shared/api/delivery.ts';
import type { PolicyDocument } from '../../../shared/api/policy.ts';

/** The default delivery mode: sealed while an alert is raised, otherwise the policy's default for the tier. */
export function defaultDelivery(
  { temporaryPassword: { modes, defaultModes } }: Pick<PolicyDocument, 'temporaryPassword'>,
  { tier, alertRaised }: { readonly tier: string; readonly alertRaised: boolean },
): DeliveryMode {
  const wished: DeliveryMode = alertRaised
    ? 'sealed'
    : tier === 'privileged' || tier === 'sensitive'
      ? defaultModes[tier]
      : defaultModes.standard;
  return modes.includes(wished) ? wished : (modes[0] ?? 'spoken');
}

/** By default, a forgotten password stays valid until the new one is used. For any other reason, or when suspicious, it ends at once. */
export const defaultFate = (
  reason: string | null,
  { suspicious, keepsOld }: { readonly suspicious: boolean; readonly keepsOld: boolean },
): OldPasswordFate => (reason === 'forgotten' && !suspicious && keepsOld ? 'works-until-used' : 'dies-now');
