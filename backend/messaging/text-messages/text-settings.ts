import type { Kysely } from 'kysely';
import { textSettings, type TextSettings } from '../../../shared/api/text.ts';
import type { Origin } from '../../store/append-event.ts';
import { Refusal } from '../../refusal.ts';
import type { Sealed } from '../../store/sealed.ts';
import { createSettings } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';
import type { Tables } from '../../store/tables.ts';
import { isKnownCountry } from './dialled-number.ts';
import { gatewayOrigin, findGatewayFaults } from './text-template.ts';

export interface StoredTextSettings {
  readonly settings: TextSettings;
  /** Null when none is stored. */
  readonly secret: string | null;
}

export interface TextSettingsStore {
  read(db?: Kysely<Tables>): Promise<StoredTextSettings>;
  /** If `secret` is undefined, the stored one stays unless the gateway's origin changes. */
  change(settings: TextSettings, secret: string | undefined, origin: Origin): Promise<void>;
}

const unset: TextSettings = {
  transport: 'outbox',
  method: 'POST',
  url: '',
  headers: [{ name: 'Authorization', value: 'Bearer {{secret}}' }],
  bodyFormat: 'json',
  body: '{ "to": "{{to}}", "text": "{{text}}" }',
  accepted: { when: 'status' },
  country: '',
};

const secretName = 'texts.secret';

/** The settings of the text message gateway, stored in the database; its secret is sealed. */
export function createTextSettings({
  store,
  sealed,
  onChange,
  now,
}: {
  store: Store;
  sealed: Sealed;
  /** Called after the settings have changed. */
  onChange?: () => void;
  now: () => number;
}): TextSettingsStore {
  const stored = createSettings({ store, sealed, now });
  /** The settings from the last read, cached because every case needs them. */
  let known: StoredTextSettings | null = null;
  const read = async (db?: Kysely<Tables>): Promise<StoredTextSettings> => {
    if (known !== null) return known;
    const settings = await stored.read('texts', db);
    const secret = await stored.readSecret(secretName, db);
    known = {
      settings: settings === undefined ? unset : textSettings.parse(JSON.parse(settings)),
      secret,
    };
    return known;
  };
  return {
    read,
    change: async (settings, secret, origin) => {
      const faults = findGatewayFaults(settings);
      if (settings.country !== '' && !(await isKnownCountry(settings.country)))
        faults.push({
          path: 'country',
          message: 'This is not a country code. Enter two letters, such as DE.',
        });
      if (faults.length > 0) {
        const fields = faults.map(({ path, message }) => ({ path: `body.${path}`, message }));
        throw new Refusal('request.invalid', {
          fields,
          ...(faults[0] && { detail: faults[0].message }),
        });
      }
      const before = (await read()).settings;
      const elsewhere = gatewayOrigin(before.url) !== gatewayOrigin(settings.url);
      try {
        await store.change(origin, async (tx, record) => {
          await stored.write(tx, 'texts', settings);
          await stored.keepSecret(tx, secretName, secret, { elsewhere });
          const { transport, method, url } = settings;
          await record({
            action: 'text.settings-changed',
            facts: { transport, method, host: gatewayOrigin(url) },
          });
        });
      } finally {
        known = null;
      }
      onChange?.();
    },
  };
}
