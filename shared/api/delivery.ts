import { z } from 'zod';

/**
 * How a temporary password reaches its user: read out by the operator; sealed, which the operator never sees; or split, half read out and half
 * sent.
 */
export const deliveryModes = ['spoken', 'sealed', 'split'] as const;
export const deliveryMode = z.enum(deliveryModes);
export type DeliveryMode = (typeof deliveryModes)[number];

/** What becomes of the password before: it dies now, or is good until the temporary one is used. */
export const oldPasswordFates = ['dies-now', 'works-until-used'] as const;
export const oldPasswordFate = z.enum(oldPasswordFates);
export type OldPasswordFate = (typeof oldPasswordFates)[number];

/** What a reset by a temporary password may choose from, and what it does when nothing is chosen. */
export const deliveryChoices = z.object({
  /** Allowed by the policy; `no-channel`: there is no address that may receive it. */
  modes: z.array(z.object({ mode: deliveryMode, obstacle: z.enum(['no-channel']).nullable() })),
  mode: deliveryMode,
  /** Where a sealed or split one goes, masked. */
  sentTo: z.string().nullable(),
  fates: z.array(oldPasswordFate),
  fate: oldPasswordFate,
});
export type DeliveryChoices = z.infer<typeof deliveryChoices>;
