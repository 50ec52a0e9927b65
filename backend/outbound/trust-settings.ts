import type { X509Certificate } from 'node:crypto';
import { Secret } from '../../shared/secret/secret.ts';
import type { CertificateView, TrustSettings } from '../../shared/api/trust.ts';
import { Refusal } from '../refusal.ts';
import type { Origin } from '../store/append-event.ts';
import type { Sealed } from '../store/sealed.ts';
import { createSettings } from '../store/settings.ts';
import type { Store } from '../store/store.ts';
import { PemError, readCertificates, readPrivateKey, viewOf } from './certificates.ts';
import type { ReadTrust } from './trust.ts';

export interface TrustSettingsStore {
  read: ReadTrust;
  view(): Promise<
    TrustSettings & {
      readonly clientKeyStored: boolean;
      readonly certificates: { authorities: CertificateView[]; client: CertificateView | null };
    }
  >;
  /** If `key` is undefined, the stored one stays as long as it belongs to the certificate. */
  change(settings: TrustSettings, key: string | undefined, origin: Origin): Promise<void>;
}

const keyName = 'trust.client-key';
const unset: TrustSettings = { authorities: '', clientCertificate: '' };

const invalid = (field: string, message: string) =>
  new Refusal('request.invalid', { fields: [{ path: `body.${field}`, message }], detail: message });

/** Reads a field's PEM text. A fault is reported for that field. */
function parsed<T>(field: string, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    throw thrown instanceof PemError ? invalid(field, thrown.message) : thrown;
  }
}

/** The certificates for outgoing connections, stored in the database; the key is sealed. */
export function createTrustSettings({
  store,
  sealed,
  now,
}: {
  readonly store: Store;
  readonly sealed: Sealed;
  readonly now: () => number;
}): TrustSettingsStore {
  const stored = createSettings({ store, sealed, now });
  const settings = async (): Promise<TrustSettings> => {
    const text = await stored.read('trust');
    return text === undefined ? unset : { ...unset, ...(JSON.parse(text) as Partial<TrustSettings>) };
  };
  const viewsOf = (pem: string) => readCertificates(pem).map((certificate) => viewOf(certificate, now()));
  const belongsTo = (certificate: X509Certificate, key: string) =>
    certificate.checkPrivateKey(parsed('clientKey', () => readPrivateKey(key)));
  return {
    async read() {
      const [{ authorities, clientCertificate }, key] = await Promise.all([
        settings(),
        stored.readSecret(keyName),
      ]);
      const client =
        clientCertificate === '' || key === null
          ? null
          : { certificate: clientCertificate, key: new Secret(key) };
      return { authorities, client };
    },
    async view() {
      const [{ authorities, clientCertificate }, key] = await Promise.all([
        settings(),
        stored.readSecret(keyName),
      ]);
      const [client] = viewsOf(clientCertificate);
      return {
        authorities,
        clientCertificate,
        clientKeyStored: key !== null,
        certificates: { authorities: viewsOf(authorities), client: client ?? null },
      };
    },
    async change({ authorities, clientCertificate }, given, origin) {
      const trusted = parsed('authorities', () => readCertificates(authorities));
      const [own] = parsed('clientCertificate', () => readCertificates(clientCertificate));
      const key = given === undefined || given === '' ? await stored.readSecret(keyName) : given;
      if (own !== undefined && key === null)
        throw invalid('clientKey', 'Enter the key of the client certificate.');
      if (own !== undefined && key !== null && !belongsTo(own, key))
        throw invalid('clientKey', 'This key does not belong to the client certificate.');
      if (own === undefined && given !== undefined && given !== '')
        throw invalid('clientCertificate', 'Enter the certificate of this key.');
      await store.change(origin, async (tx, record) => {
        await stored.write(tx, 'trust', { authorities, clientCertificate });
        await stored.keepSecret(tx, keyName, given, { elsewhere: own === undefined });
        await record({
          action: 'trust.settings-changed',
          facts: {
            authorities: trusted.map(({ fingerprint256 }) => fingerprint256).join(' '),
            clientCertificate: own?.fingerprint256 ?? '',
          },
        });
      });
    },
  };
}
