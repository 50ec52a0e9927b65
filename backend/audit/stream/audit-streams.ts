import type { StreamTarget } from '../../../shared/api/audit-stream.ts';
import { Refusal } from '../../refusal.ts';
import type { HttpClient } from '../../outbound/http-client.ts';
import type { ReadTrust } from '../../outbound/trust.ts';
import type { Store } from '../../store/store.ts';
import { createAuditStream, type StreamTiming } from './audit-stream.ts';
import { createSyslogSender } from './send-syslog.ts';
import { createWebhookSender } from './send-webhook.ts';
import { troubleOf, type Send } from './sender.ts';
import type { StreamSettings } from './stream-settings.ts';

export interface AuditStreamsService {
  /** To be called after a change of settings. */
  wake(): void;
  /** Sends the newest event with the stored settings, even if the stream is off. Returns its number. */
  test(target: StreamTarget): Promise<number>;
  stop(): Promise<void>;
}

interface Collaborators {
  readonly store: Store;
  readonly settings: StreamSettings;
  readonly trust: ReadTrust;
  readonly http: HttpClient;
  readonly version: string;
  readonly now: () => number;
  readonly timing?: StreamTiming;
}

const noSecret = 'The signing secret is not stored. Enter it again in the settings.';

/** The audit streams to syslog and to a webhook. */
export function createAuditStreams({
  store,
  settings,
  trust,
  http,
  version,
  now,
  timing,
}: Collaborators): AuditStreamsService {
  const senderOf = async (target: StreamTarget, always: boolean): Promise<Send | null> => {
    if (target === 'syslog') {
      const syslog = await settings.syslog();
      return (always || syslog.enabled) && syslog.host !== ''
        ? createSyslogSender(syslog, trust, version)
        : null;
    }
    const { settings: webhook, secret } = await settings.webhook();
    if (!(always || webhook.enabled) || webhook.url === '') return null;
    if (secret === null) return always ? null : () => Promise.reject(new Error(noSecret));
    return createWebhookSender(webhook, secret, { http, version, now });
  };
  const streams = (['syslog', 'webhook'] as const).map((target) =>
    createAuditStream({
      target,
      store,
      sender: () => senderOf(target, false),
      now,
      ...(timing && { timing }),
    }),
  );
  return {
    wake: () => {
      for (const stream of streams) stream.wake();
    },
    async test(target) {
      const newest = await store.db
        .selectFrom('audit_events')
        .selectAll()
        .orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirstOrThrow();
      const send = await senderOf(target, true);
      if (send === null) throw new Refusal('audit.stream-failed', { detail: 'Save the receiver first.' });
      await send({ events: [newest], checkpoint: null }, new AbortController().signal).catch(
        (thrown: unknown) => {
          throw new Refusal('audit.stream-failed', { detail: troubleOf(thrown) });
        },
      );
      return newest.seq;
    },
    stop: async () => {
      await Promise.all(streams.map((stream) => stream.stop()));
    },
  };
}
