import { z } from 'zod';

/**
 * How a temporary password reaches its user. `spoken`: the operator reads it out · `sealed`: it is sent, and the operator never
 * sees it · `split`: half is read out, half is sent.
 */
export const deliveryModes = ['spoken', 'sealed', 'split'] as const;
export const deliveryMode = z.enum(deliveryModes);
export type DeliveryMode = (typeof deliveryModes)[number];

/** The channel of a sealed or split password: the account's email address or its phone. */
export const deliveryChannels = ['mail', 'text'] as const;
export const deliveryChannel = z.enum(deliveryChannels);
export type DeliveryChannel = (typeof deliveryChannels)[number];

/**
 * Why a channel may not receive a secret: no address, a recent change, messages are kept in the outbox, where operators can read
 * them, or the server did not take the last message.
 */
const channelObstacle = z.enum(['no-address', 'changed-lately', 'stays-here', 'failing']);
export type ChannelObstacle = z.infer<typeof channelObstacle>;

/** What happens to the previous password: it stops working at once, or works until the temporary one is used. */
export const oldPasswordFates = ['dies-now', 'works-until-used'] as const;
export const oldPasswordFate = z.enum(oldPasswordFates);
export type OldPasswordFate = (typeof oldPasswordFates)[number];

/**
 * What a caller receives instead of the lost password: a temporary password, or a one-time pass (Microsoft's Temporary Access Pass), which only some
 * directories issue. A pass leaves the password unchanged and is read out.
 */
export const resetCredentials = ['password', 'access-pass'] as const;
export const resetCredential = z.enum(resetCredentials);
export type ResetCredential = (typeof resetCredentials)[number];

/** The choices for a temporary password, and the defaults. */
export const deliveryChoices = z.object({
  /**
   * The credentials that the policy and the account's directory allow; the first is the default. `assurance`: the evidence is insufficient for a
   * pass.
   */
  credentials: z
    .array(z.object({ credential: resetCredential, obstacle: z.enum(['assurance']).nullable() }))
    .min(1),
  /** The modes that the policy allows; `no-channel`: no address may receive it. */
  modes: z.array(z.object({ mode: deliveryMode, obstacle: z.enum(['no-channel']).nullable() })),
  mode: deliveryMode,
  /** The channels for a sealed or split password. */
  channels: z.array(
    z.object({
      channel: deliveryChannel,
      /** Masked. */
      sentTo: z.string().nullable(),
      obstacle: channelObstacle.nullable(),
    }),
  ),
  /** The default channel: the one by which the caller was verified, if any. */
  channel: deliveryChannel,
  fates: z.array(oldPasswordFate),
  fate: oldPasswordFate,
});
export type DeliveryChoices = z.infer<typeof deliveryChoices>;
