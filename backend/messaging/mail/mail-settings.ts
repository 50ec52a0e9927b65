import type { Kysely } from 'kysely';
import { mailSettings, type MailSettings } from '../../../shared/api/mail.ts';
import type { Origin } from '../../store/append-event.ts';
import { Refusal } from '../../refusal.ts';
import type { Sealed } from '../../store/sealed.ts';
import { createSettings } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';
import type { Tables } from '../../store/tables.ts';

export interface StoredMailSettings {
  readonly settings: MailSettings;
  /** Null when none is stored. */
  readonly password: string | null;
}

export interface MailSettingsStore {
  /** Whether the environment sets the mail server, so that it cannot be changed here. */
  readonly fixed: boolean;
  read(db?: Kysely<Tables>): Promise<StoredMailSettings>;
  /** If `password` is undefined, the stored one stays unless it would go elsewhere: to another host, port or user, or with less encryption. */
  change(settings: MailSettings, password: string | undefined, origin: Origin): Promise<void>;
}

const unset: MailSettings = {
  transport: 'outbox',
  host: '',
  port: 587,
  security: 'starttls',
  userName: '',
  from: 'Reset Desk <reset-desk@localhost>',
};

/** How well the password is protected in transit, as a rank. */
const protectionOf = { none: 0, starttls: 1, tls: 1 } as const;

/** The settings of the mail server, stored in the database; the password is sealed. */
export function createMailSettings({
  store,
  sealed,
  fixed = null,
  onChange,
  now,
}: {
  store: Store;
  sealed: Sealed;
  /** From the environment; takes precedence over the stored settings. */
  fixed?: StoredMailSettings | null;
  /** Called after the settings have changed. */
  onChange?: () => void;
  now: () => number;
}): MailSettingsStore {
  const stored = createSettings({ store, sealed, now });
  /** The settings from the last read, cached because every case needs them. */
  let known: StoredMailSettings | null = fixed;
  const read = async (db?: Kysely<Tables>): Promise<StoredMailSettings> => {
    if (known !== null) return known;
    const settings = await stored.read('mail', db);
    const password = await stored.readSecret('mail.password', db);
    known = {
      settings: settings === undefined ? unset : mailSettings.parse(JSON.parse(settings)),
      password,
    };
    return known;
  };
  return {
    fixed: fixed !== null,
    read,
    change: async (settings, password, origin) => {
      if (fixed !== null) {
        throw new Refusal('request.conflict', { detail: 'RESET_DESK_SMTP_URL sets the mail server.' });
      }
      const before = (await read()).settings;
      const elsewhere =
        before.host !== settings.host ||
        before.port !== settings.port ||
        before.userName !== settings.userName ||
        protectionOf[settings.security] < protectionOf[before.security];
      try {
        await store.change(origin, async (tx, record) => {
          await stored.write(tx, 'mail', settings);
          await stored.keepSecret(tx, 'mail.password', password, { elsewhere });
          const { transport, host, port, security } = settings;
          await record({ action: 'mail.settings-changed', facts: { transport, host, port, security } });
        });
      } finally {
        known = null;
      }
      onChange?.();
    },
  };
}
