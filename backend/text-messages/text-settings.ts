import { textSettings, type TextSettings } from '../../shared/api/text.ts';
import type { Origin } from '../audit/append-event.ts';
import { Refusal } from '../refusal.ts';
import type { Sealed } from '../store/sealed.ts';
import type { Change, Store } from '../store/store.ts';
import { gatewayOrigin, templateFaults } from './text-template.ts';

export interface StoredTextSettings {
  readonly settings: TextSettings;
  /** Null when none is stored. */
  readonly secret: string | null;
}

export interface TextSettingsStore {
  read(): Promise<StoredTextSettings>;
  /** Without a secret the stored one stays, unless the texts go elsewhere: it was not meant for that place. */
  change(settings: TextSettings, secret: string | undefined, origin: Origin): Promise<void>;
}

const unset: TextSettings = {
  transport: 'outbox',
  method: 'POST',
  url: '',
  headers: [{ name: 'Authorization', value: 'Bearer {{secret}}' }],
  bodyFormat: 'json',
  body: '{ "to": "{{to}}", "text": "{{text}}" }',
};

const secretName = 'texts.secret';

/** How texts leave, kept in the database; the gateway's secret sealed. */
export function createTextSettings({
  store,
  sealed,
  now,
}: {
  store: Store;
  sealed: Sealed;
  now: () => number;
}): TextSettingsStore {
  const value = async (name: string) =>
    (await store.db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst())
      ?.value;
  const put = (tx: Change, name: string, text: string, isSealed: 0 | 1) =>
    tx
      .insertInto('settings')
      .values({ name, value: text, sealed: isSealed, changed_at: now() })
      .onConflict((on) => on.column('name').doUpdateSet({ value: text, sealed: isSealed, changed_at: now() }))
      .execute();
  const read = async (): Promise<StoredTextSettings> => {
    const [settings, secret] = await Promise.all([value('texts'), value(secretName)]);
    return {
      settings: settings === undefined ? unset : textSettings.parse(JSON.parse(settings)),
      secret: secret === undefined ? null : sealed.open(secretName, secret),
    };
  };
  return {
    read,
    change: async (settings, secret, origin) => {
      const faults = templateFaults(settings);
      if (faults.length > 0) {
        const fields = faults.map(({ path, message }) => ({ path: `body.${path}`, message }));
        throw new Refusal('request.invalid', {
          fields,
          ...(faults[0] && { detail: faults[0].message }),
        });
      }
      const before = (await read()).settings;
      const elsewhere = gatewayOrigin(before.url) !== gatewayOrigin(settings.url);
      await store.change(origin, async (tx, record) => {
        await put(tx, 'texts', JSON.stringify(settings), 0);
        if (secret !== undefined && secret !== '') {
          await put(tx, secretName, sealed.seal(secretName, secret), 1);
        } else if (elsewhere || secret === '') {
          await tx.deleteFrom('settings').where('name', '=', secretName).execute();
        }
        const { transport, method, url } = settings;
        await record({
          action: 'text.settings-changed',
          facts: { transport, method, host: gatewayOrigin(url) },
        });
      });
    },
  };
}
