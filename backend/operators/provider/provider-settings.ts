import { providerSettings, type ProviderSettings } from '../../../shared/api/provider.ts';
import type { Origin } from '../../store/append-event.ts';
import { isLoopbackHost } from '../../network/addresses.ts';
import { Refusal } from '../../refusal.ts';
import type { Sealed } from '../../store/sealed.ts';
import { createSettings } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';

export interface StoredProvider {
  readonly settings: ProviderSettings;
  /** Null for a public client. */
  readonly secret: string | null;
}

export interface ProviderSettingsStore {
  read(): Promise<StoredProvider>;
  change(settings: ProviderSettings, secret: string | undefined, origin: Origin): Promise<void>;
}

const unset: ProviderSettings = {
  enabled: false,
  name: '',
  issuer: '',
  clientId: '',
  scopes: 'openid profile email',
  userNameClaim: 'preferred_username',
  rolesClaim: '',
  roles: [],
  userNameDomains: '',
  emailIsVerified: false,
  matchBy: 'user-name',
  create: false,
  secondFactor: 'here',
};

/** The name on the sign-in button; null while the provider is turned off. */
export const nameOfProvider = ({ enabled, name }: ProviderSettings): string | null => (enabled ? name : null);

/** Whether a text is an issuer's address: HTTPS, or HTTP on this computer. */
function isIssuer(text: string): boolean {
  const url = URL.parse(text);
  if (!url || url.search !== '' || url.hash !== '' || url.username !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname));
}

/** The settings of the identity provider, stored in the database; the client secret is sealed. */
export function createProviderSettings({
  store,
  sealed,
  now,
}: {
  store: Store;
  sealed: Sealed;
  now: () => number;
}): ProviderSettingsStore {
  const stored = createSettings({ store, sealed, now });
  const read = async (): Promise<StoredProvider> => {
    const [settings, secret] = await Promise.all([
      stored.read('provider'),
      stored.readSecret('provider.secret'),
    ]);
    return {
      settings:
        settings === undefined
          ? unset
          : providerSettings.parse({ ...unset, ...(JSON.parse(settings) as object) }),
      secret,
    };
  };
  return {
    read,
    async change(settings, secret, origin) {
      const fields = [
        ...(settings.enabled && !isIssuer(settings.issuer)
          ? [{ path: 'body.issuer', message: 'Enter the issuer’s https address.' }]
          : []),
        ...(settings.enabled && settings.clientId === ''
          ? [{ path: 'body.clientId', message: 'Enter the client ID.' }]
          : []),
        ...(settings.enabled && settings.name === ''
          ? [{ path: 'body.name', message: 'Enter a name for the button.' }]
          : []),
      ];
      if (fields.length > 0) throw new Refusal('request.invalid', { fields });
      const before = (await read()).settings;
      // The stored secret must not be sent to another issuer or client.
      const elsewhere = before.issuer !== settings.issuer || before.clientId !== settings.clientId;
      await store.change(origin, async (tx, record) => {
        await stored.write(tx, 'provider', settings);
        await stored.keepSecret(tx, 'provider.secret', secret, { elsewhere });
        const { enabled, issuer, clientId, matchBy, create, secondFactor, rolesClaim } = settings;
        await record({
          action: 'provider.settings-changed',
          facts: { enabled, issuer, clientId, matchBy, create, secondFactor, rolesClaim },
        });
      });
    },
  };
}
