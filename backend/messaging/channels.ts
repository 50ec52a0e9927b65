import type { Kysely } from 'kysely';
import type { DeliveryChannel } from '../../shared/api/delivery.ts';
import type { channelSetUps } from '../../shared/api/server-status.ts';
import type { Right } from '../../shared/api/operator.ts';
import { isUnreachableAddress } from '../network/public-address.ts';
import type { Tables } from '../store/tables.ts';
import type { ChannelHealth } from './channel-health.ts';
import type { StoredMailSettings } from './mail/mail-settings.ts';
import type { StoredTextSettings } from './text-messages/text-settings.ts';

/** How something is sent: as a mail, a text message, or a mail whose link the user must be able to open. */
export type Channel = DeliveryChannel | 'mailed-link';

/** Why a message would not reach its recipient now; instants in milliseconds. */
export interface ChannelObstacle {
  /**
   * `channel-not-set-up`: there is no mail server or gateway, or its settings are incomplete · `channel-failing`: it did not take the last
   * messages · `address-unreachable`: links would lead to this computer itself.
   */
  readonly reason: 'channel-not-set-up' | 'channel-failing' | 'address-unreachable';
  readonly since: number | null;
  /** When the channel is offered again, so that another message shows whether it works. */
  readonly until: number | null;
}

/** The person who waits for a message: a user, or an operator who may be able to read the outbox in the user's place. */
export type ChannelReader = 'user' | { readonly rights: ReadonlySet<Right> };

export interface Channels {
  /** Why messages by this channel cannot be offered; null if they can. Within a change, `db` is its transaction. */
  obstacle(channel: Channel, reader: ChannelReader, db?: Kysely<Tables>): Promise<ChannelObstacle | null>;
  /** Whether messages leave this computer; otherwise they stay in an outbox that operators can read. */
  setUp(channel: DeliveryChannel): Promise<ChannelSetUp>;
  deliversExternally(): Promise<Readonly<Record<DeliveryChannel, boolean>>>;
}

interface Collaborators {
  readonly mail: { read(db?: Kysely<Tables>): Promise<StoredMailSettings> };
  readonly texts: { read(db?: Kysely<Tables>): Promise<StoredTextSettings> };
  readonly health: ChannelHealth;
  readonly mode: 'embedded' | 'server';
  /** The base of the links in mails. */
  readonly publicUrl: () => string;
  /** Whether messages in the outbox count as delivered. Tests set it. */
  readonly outboxDelivers?: boolean;
  readonly now: () => number;
}

/** Milliseconds after its last failure for which a channel is not offered: short, since the caller is on the phone when it works again. */
export const failingForMs = 2 * 60_000;

/** One failure can be temporary. After two in a row, the next message is expected to fail as well. */
const failuresThatCount = 2;

const usesSecret = (settings: StoredTextSettings['settings']): boolean =>
  JSON.stringify(settings).includes('{{secret}}');

type ChannelSetUp = (typeof channelSetUps)[number];

const mailSetUp = ({ settings, password }: StoredMailSettings): ChannelSetUp => {
  if (settings.transport === 'outbox') return 'outbox';
  return settings.host === '' || (settings.userName !== '' && password === null) ? 'incomplete' : 'external';
};

const textSetUp = ({ settings, secret }: StoredTextSettings): ChannelSetUp => {
  if (settings.transport === 'outbox') return 'outbox';
  return settings.url === '' || (secret === null && usesSecret(settings)) ? 'incomplete' : 'external';
};

/** Decides which channels can be offered, from their settings and the results of the last messages. */
export function createChannels(collaborators: Collaborators): Channels {
  const { mail, texts, health, mode, publicUrl, outboxDelivers, now } = collaborators;
  const setUpOf = async (channel: DeliveryChannel, db?: Kysely<Tables>): Promise<ChannelSetUp> =>
    channel === 'mail' ? mailSetUp(await mail.read(db)) : textSetUp(await texts.read(db));
  /** On a desk of one computer, the outbox replaces the user's mailbox and phone for those who can open it. */
  const isOutboxRead = (reader: ChannelReader): boolean =>
    outboxDelivers === true ||
    (mode === 'embedded' && (reader === 'user' || reader.rights.has('outbox.read')));
  return {
    setUp: (channel) => setUpOf(channel),
    async obstacle(use, reader, db) {
      const channel = use === 'mailed-link' ? 'mail' : use;
      const setUp = await setUpOf(channel, db);
      if (setUp === 'incomplete' || (setUp === 'outbox' && !isOutboxRead(reader)))
        return { reason: 'channel-not-set-up', since: null, until: null };
      if (setUp === 'outbox') return null;
      // Without a public address, a desk of one computer has no address for other computers, and its port can change with every start. The place of the
      // mail server proves nothing: a relay on this computer delivers everywhere.
      if (use === 'mailed-link' && mode === 'embedded' && isUnreachableAddress(publicUrl()))
        return { reason: 'address-unreachable', since: null, until: null };
      const { failing } = health.of(channel);
      const until = (failing?.lastAt ?? 0) + failingForMs;
      return failing === null || failing.count < failuresThatCount || until <= now()
        ? null
        : { reason: 'channel-failing', since: failing.since, until };
    },
    async deliversExternally() {
      const [byMail, byText] = await Promise.all([setUpOf('mail'), setUpOf('text')]);
      return { mail: byMail === 'external', text: byText === 'external' };
    },
  };
}

/** Channels that always deliver, for a drill's desk. */
export const everyChannelDelivers: Channels = {
  obstacle: () => Promise.resolve(null),
  setUp: () => Promise.resolve('external'),
  deliversExternally: () => Promise.resolve({ mail: true, text: true }),
};
