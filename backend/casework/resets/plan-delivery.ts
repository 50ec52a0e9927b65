import type {
  ChannelObstacle,
  DeliveryChannel,
  DeliveryChoices,
  DeliveryMode,
  OldPasswordFate,
  ResetCredential,
} from '../../../shared/api/delivery.ts';
import { checkRow, type CheckKind } from '../../../shared/api/check.ts';
import { maskEmail, maskPhone } from '../../text/mask.ts';
import type { CaseContext } from '../decision/case-context.ts';
import type { DirectoryCapabilities } from '../../directories/directory.ts';
import { Refusal } from '../../refusal.ts';
import { contactObstacle } from '../decision/contact.ts';
import { defaultDelivery, defaultFate } from './default-delivery.ts';

/** The destination of a sealed or split password. */
export interface Destination {
  readonly channel: DeliveryChannel;
  /** The address or the number, as it is on file. */
  readonly to: string;
}

export interface DeliveryPlan {
  readonly credential: ResetCredential;
  readonly mode: DeliveryMode;
  readonly fate: OldPasswordFate;
  /** Null for a spoken one. */
  readonly destination: Destination | null;
}

/** The operator's wishes; policy and case decide the rest. */
export interface DeliveryWish {
  readonly credential?: ResetCredential | undefined;
  readonly deliveryMode?: DeliveryMode | undefined;
  readonly oldPassword?: OldPasswordFate | undefined;
  readonly sentBy?: DeliveryChannel | undefined;
}

export interface DeliveryMeans {
  readonly capabilities: DirectoryCapabilities;
  /** Whether mails and texts leave this computer. Operators can read an outbox. */
  readonly deliversExternally: Readonly<Record<DeliveryChannel, boolean>>;
}

const channelObstacleOf = { missing: 'no-address', changed: 'changed-lately' } as const;

/** A channel of the account, and why a secret may not be sent through it. */
function channelOf(
  { found, policy, channels, at }: CaseContext,
  channel: DeliveryChannel,
  { deliversExternally }: DeliveryMeans,
) {
  const { email, email_changed_at, phone, phone_changed_at } = found.account;
  const [to, changedAt] = channel === 'mail' ? [email, email_changed_at] : [phone, phone_changed_at];
  const contact = contactObstacle(to, changedAt, policy.document.contactCoolDown, at);
  const isFailing = channels[channel]?.reason === 'channel-failing';
  const ownObstacle: ChannelObstacle | null = !deliversExternally[channel]
    ? 'stays-here'
    : isFailing
      ? 'failing'
      : null;
  const obstacle = contact === null ? ownObstacle : channelObstacleOf[contact.reason];
  return { channel, to, sentTo: channel === 'mail' ? maskEmail(to) : maskPhone(to), obstacle };
}

/** The channels, and the default among them: the one by which the caller was verified, if it can be used. */
function channelsOf(context: CaseContext, means: DeliveryMeans) {
  const mail = channelOf(context, 'mail', means);
  const text = channelOf(context, 'text', means);
  const sentCodes = context.evidence
    .filter(({ check_id }) => context.countingChecks.has(check_id))
    .map(({ kind }) => checkRow(kind as CheckKind))
    .filter(({ answer }) => answer === 'code');
  const isVerifiedBy = (contact: 'email' | 'phone') => sentCodes.some((check) => check.contact === contact);
  const byText = isVerifiedBy('phone') && !isVerifiedBy('email');
  const ordered = byText ? [text, mail] : [mail, text];
  return { channels: [mail, text], first: ordered.find(({ obstacle }) => obstacle === null) ?? ordered[0] };
}

const passOf = ({ passAssurance }: CaseContext): DeliveryChoices['credentials'][number] => ({
  credential: 'access-pass',
  obstacle: passAssurance.met ? null : 'assurance',
});

/** The delivery options of an operator in a case. */
export function deliveryChoicesOf(context: CaseContext, means: DeliveryMeans): DeliveryChoices {
  const { policy, found, alertRaised, opened } = context;
  const { channels, first } = channelsOf(context, means);
  const closed = channels.every(({ obstacle }) => obstacle !== null);
  const keepsOld = means.capabilities.keepOldPassword;
  const { modes, accessPass } = policy.document.temporaryPassword;
  // A pass is read out, because the directory does not send it.
  const givesPasses = accessPass && means.capabilities.accessPass && modes.includes('spoken');
  return {
    credentials: [{ credential: 'password', obstacle: null }, ...(givesPasses ? [passOf(context)] : [])],
    modes: modes.map((mode) => ({
      mode,
      obstacle: mode !== 'spoken' && closed ? 'no-channel' : null,
    })),
    mode: defaultDelivery(policy.document, { tier: found.account.tier, alertRaised }),
    channels: channels.map(({ channel, sentTo, obstacle }) => ({ channel, sentTo, obstacle })),
    channel: first?.channel ?? 'mail',
    fates: keepsOld ? ['dies-now', 'works-until-used'] : ['dies-now'],
    fate: defaultFate(opened.reason, {
      // The owner of a frozen account believes that someone else has access to it.
      suspicious: alertRaised || found.account.frozen_at !== null,
      keepsOld,
    }),
  };
}

/** Plans the delivery of a reset. Throws a refusal if the wishes are not possible. */
export function planDelivery(context: CaseContext, asked: DeliveryWish, means: DeliveryMeans): DeliveryPlan {
  const choices = deliveryChoicesOf(context, means);
  const credential = asked.credential ?? 'password';
  const offered = choices.credentials.find((choice) => choice.credential === credential);
  if (!offered) throw new Refusal('reset.delivery-not-allowed');
  if (offered.obstacle !== null) throw new Refusal('assurance.not-enough');
  if (credential === 'access-pass') {
    if ((asked.deliveryMode ?? 'spoken') !== 'spoken') throw new Refusal('reset.delivery-not-allowed');
    return { credential, mode: 'spoken', fate: 'works-until-used', destination: null };
  }
  const mode = asked.deliveryMode ?? choices.mode;
  const fate = asked.oldPassword ?? choices.fate;
  const found = choices.modes.find((allowed) => allowed.mode === mode);
  if (!found || !choices.fates.includes(fate)) throw new Refusal('reset.delivery-not-allowed');
  if (mode === 'spoken') return { credential, mode, fate, destination: null };
  const { channel, to, obstacle } = channelOf(context, asked.sentBy ?? choices.channel, means);
  if (obstacle !== null || to === null) throw new Refusal('reset.no-channel');
  return { credential, mode, fate, destination: { channel, to } };
}
