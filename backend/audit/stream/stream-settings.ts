import {
  syslogSettings,
  webhookSettings,
  type AuditStreams,
  type StreamTarget,
  type SyslogSettings,
  type WebhookSettings,
} from '../../../shared/api/audit-stream.ts';
import { isLoopbackHost } from '../../network/addresses.ts';
import { Refusal } from '../../refusal.ts';
import type { Sealed } from '../../store/sealed.ts';
import { createSettings } from '../../store/settings.ts';
import type { Transaction, Store } from '../../store/store.ts';
import type { Origin } from '../../store/append-event.ts';

type Begin = 'first-event' | 'now';

export interface StreamSettings {
  syslog(): Promise<SyslogSettings>;
  /** The secret is null if none is stored. */
  webhook(): Promise<{ settings: WebhookSettings; secret: string | null }>;
  changeSyslog(settings: SyslogSettings, begin: Begin, origin: Origin): Promise<void>;
  changeWebhook(
    settings: WebhookSettings,
    secret: string | undefined,
    begin: Begin,
    origin: Origin,
  ): Promise<void>;
  view(): Promise<AuditStreams>;
}

const noSyslog: SyslogSettings = {
  enabled: false,
  host: '',
  port: 6514,
  tls: true,
  format: 'jsonl',
};
const noWebhook: WebhookSettings = { enabled: false, url: '' };
const secretName = 'audit-stream.webhook.secret';

const wrong = (path: string, message: string) =>
  new Refusal('request.invalid', { fields: [{ path: `body.${path}`, message }] });

function assertSyslog({ enabled, host, tls }: SyslogSettings): void {
  if (enabled && host === '') throw wrong('host', 'Name the receiver.');
  if (!tls && host !== '' && !isLoopbackHost(host)) {
    throw wrong('tls', 'Without TLS, the log can only be sent to this computer.');
  }
}

function assertWebhook({ enabled, url }: WebhookSettings, secret: boolean): void {
  if (url === '' && !enabled) return;
  const address = URL.canParse(url) ? new URL(url) : null;
  const plain = address?.protocol === 'http:' && isLoopbackHost(address.hostname);
  if (address === null || (address.protocol !== 'https:' && !plain)) {
    throw wrong('url', 'Enter an https address. http is allowed only for this computer.');
  }
  if (address.username !== '' || address.password !== '') {
    throw wrong('url', 'Leave user and password out of the address.');
  }
  if (enabled && !secret) throw wrong('secret', 'Enter the signing secret.');
}

/** The settings of the audit streams, stored in the database; the secret is sealed. */
export function createStreamSettings({
  store,
  sealed,
  now,
}: {
  store: Store;
  sealed: Sealed;
  now: () => number;
}): StreamSettings {
  const stored = createSettings({ store, sealed, now });
  const headOf = async (db: Store['db']): Promise<number> =>
    (await db.selectFrom('audit_events').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst())
      ?.seq ?? 0;
  /** A stream that was on before continues where it stopped, so that no event is lost while it is off. */
  const beginAt = async (tx: Transaction, target: StreamTarget, begin: Begin) => {
    const sent_seq = begin === 'now' ? await headOf(tx) : 0;
    const fresh = { target, sent_seq, sent_at: null, failing_since: null, last_error: null };
    await tx
      .insertInto('audit_streams')
      .values(fresh)
      .onConflict((on) => on.column('target').doNothing())
      .execute();
  };
  const syslog = async () => {
    const text = await stored.read('audit-stream.syslog');
    return text === undefined ? noSyslog : syslogSettings.parse(JSON.parse(text));
  };
  const webhook = async () => {
    const [text, secret] = await Promise.all([
      stored.read('audit-stream.webhook'),
      stored.readSecret(secretName),
    ]);
    return {
      settings: text === undefined ? noWebhook : webhookSettings.parse(JSON.parse(text)),
      secret,
    };
  };
  const stateOf = async (target: StreamTarget) => {
    const at = await store.db
      .selectFrom('audit_streams')
      .selectAll()
      .where('target', '=', target)
      .executeTakeFirst();
    if (at === undefined) return null;
    const iso = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString());
    return {
      sentSeq: at.sent_seq,
      waiting: Math.max(0, (await headOf(store.db)) - at.sent_seq),
      sentAt: iso(at.sent_at),
      failingSince: iso(at.failing_since),
      lastError: at.last_error,
    };
  };
  return {
    syslog,
    webhook,
    async changeSyslog(settings, begin, origin) {
      assertSyslog(settings);
      await store.change(origin, async (tx, record) => {
        await stored.write(tx, 'audit-stream.syslog', settings);
        if (settings.enabled) await beginAt(tx, 'syslog', begin);
        const { enabled, host, port, tls, format } = settings;
        const facts = { target: 'syslog', enabled, to: `${host}:${port}`, tls, format };
        await record({ action: 'audit.stream-changed', facts });
      });
    },
    async changeWebhook(settings, secret, begin, origin) {
      const before = await webhook();
      // The secret was agreed with one receiver and must not be sent to another.
      const elsewhere = before.settings.url !== settings.url && before.secret !== null;
      assertWebhook(settings, secret !== undefined || (before.secret !== null && !elsewhere));
      await store.change(origin, async (tx, record) => {
        await stored.write(tx, 'audit-stream.webhook', settings);
        await stored.keepSecret(tx, secretName, secret, { elsewhere });
        if (settings.enabled) await beginAt(tx, 'webhook', begin);
        const to = settings.url === '' ? '' : new URL(settings.url).origin;
        await record({
          action: 'audit.stream-changed',
          facts: { target: 'webhook', enabled: settings.enabled, to },
        });
      });
    },
    async view() {
      const { settings, secret } = await webhook();
      return {
        syslog: await syslog(),
        webhook: { ...settings, secretStored: secret !== null },
        states: { syslog: await stateOf('syslog'), webhook: await stateOf('webhook') },
      };
    },
  };
}
