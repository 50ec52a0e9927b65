import type { DeliveryChannel } from '../../shared/api/delivery.ts';

/** What the last messages on a channel reveal about its server. Instants in milliseconds. */
export interface ChannelState {
  /** When the server last accepted a message; null if it has not since the backend started. */
  readonly workedAt: number | null;
  /** The failures since then; null if the last message was accepted. */
  readonly failing: {
    readonly since: number;
    readonly lastAt: number;
    readonly count: number;
    readonly answer: string;
  } | null;
}

/** The state of the mail server and the text gateway since the backend started. */
export interface ChannelHealth {
  /** The server accepted a message. */
  worked(channel: DeliveryChannel): void;
  /** The server could not be reached, or refused the desk itself. A refusal of one recipient does not count. */
  failed(channel: DeliveryChannel, answer: string): void;
  /** Forgets the state of a server that was replaced by another one. */
  forget(channel: DeliveryChannel): void;
  of(channel: DeliveryChannel): ChannelState;
}

const unknownState: ChannelState = { workedAt: null, failing: null };

/** `now` in milliseconds. Kept in memory: after a start, the first message shows the state of the server. */
export function createChannelHealth(now: () => number): ChannelHealth {
  const states = new Map<DeliveryChannel, ChannelState>();
  const of = (channel: DeliveryChannel) => states.get(channel) ?? unknownState;
  return {
    of,
    worked: (channel) => states.set(channel, { workedAt: now(), failing: null }),
    failed: (channel, answer) => {
      const { workedAt, failing } = of(channel);
      const count = (failing?.count ?? 0) + 1;
      const since = failing?.since ?? now();
      states.set(channel, { workedAt, failing: { since, lastAt: now(), count, answer } });
    },
    forget: (channel) => states.delete(channel),
  };
}
