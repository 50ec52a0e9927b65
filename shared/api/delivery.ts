import { z } from 'zod';

/**
 * How a temporary password reaches its user: read out by the operator; sealed, which the operator never sees; or split, half read out and half
 * sent.
 */
export const deliveryModes = ['spoken', 'sealed', 'split'] as const;
export const deliveryMode = z.enum(deliveryModes);
export type DeliveryMode = (typeof deliveryModes)[number];

/** How what the operator does not see is sent: to the e-mail address or to the phone on file. */
export const deliveryChannels = ['mail', 'text'] as const;
export const deliveryChannel = z.enum(deliveryChannels);
export type DeliveryChannel = (typeof deliveryChannels)[number];

/** Why a secret may not go there: nothing on file, changed lately, or kept on the backend's computer, where operators read it. */
const channelObstacle = z.enum(['no-address', 'changed-lately', 'stays-here']);
export type ChannelObstacle = z.infer<typeof channelObstacle>;

/** What becomes of the password before: it dies now, or is good until the temporary one is used. */
export const oldPasswordFates = ['dies-now', 'works-until-used'] as const;
export const oldPasswordFate = z.enum(oldPasswordFates);
export type OldPasswordFate = (typeof oldPasswordFates)[number];

/** What a reset by a temporary password may choose from, and what it does when nothing is chosen. */
export const deliveryChoices = z.object({
  /** Allowed by the policy; `no-channel`: there is no address that may receive it. */
  modes: z.array(z.object({ mode: deliveryMode, obstacle: z.enum(['no-channel']).nullable() })),
  mode: deliveryMode,
  /** Where a sealed or split one may go. */
  channels: z.array(
    z.object({
      channel: deliveryChannel,
      /** Masked. */
      sentTo: z.string().nullable(),
      obstacle: channelObstacle.nullable(),
    }),
  ),
  /** Where it goes when nothing is chosen: first the channel by which the caller was verified. */
  channel: deliveryChannel,
  fates: z.array(oldPasswordFate),
  fate: oldPasswordFate,
});
export type DeliveryChoices = z.infer<typeof deliveryChoices>;
