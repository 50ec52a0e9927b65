import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import type { CertificateView } from '../../shared/api/trust.ts';

/** A text is not the requested PEM; the message says what to do. */
export class PemError extends Error {}

const block = /-----BEGIN ([A-Z0-9 ]+)-----[^-]*-----END \1-----/g;

/** The certificates in a PEM text, in its order; throws {@link PemError} if the text contains anything else. */
export function readCertificates(text: string): readonly X509Certificate[] {
  const blocks = [...text.matchAll(block)];
  if (/PRIVATE KEY-----/.test(text))
    throw new PemError(
      'This is a private key. Paste only certificates here, and the key into its own field.',
    );
  if (blocks.length === 0 && text.trim() !== '')
    throw new PemError(
      'Paste certificates in PEM format, including the lines BEGIN CERTIFICATE and END CERTIFICATE.',
    );
  return blocks.map(([pem, label], index) => {
    if (label !== 'CERTIFICATE' && label !== 'TRUSTED CERTIFICATE' && label !== 'X509 CERTIFICATE')
      throw new PemError(`Block ${index + 1} is not a certificate but “${label ?? ''}”.`);
    try {
      return new X509Certificate(pem);
    } catch {
      throw new PemError(
        `Certificate ${index + 1} cannot be read. Copy it again from its BEGIN to its END line.`,
      );
    }
  });
}

/** The private key in a PEM text; throws {@link PemError}. */
export function readPrivateKey(text: string): KeyObject {
  if (/ENCRYPTED/.test(text))
    throw new PemError('The key has a passphrase. Remove it first: openssl pkey -in key.pem -out plain.pem');
  try {
    return createPrivateKey(text);
  } catch {
    throw new PemError('The key cannot be read. Paste it in PEM format, including its BEGIN and END lines.');
  }
}

/** The data of a certificate that administrators see; `now` in milliseconds. */
export const viewOf = (certificate: X509Certificate, now: number): CertificateView => ({
  subject: certificate.subject.replaceAll('\n', ', '),
  issuer: certificate.issuer.replaceAll('\n', ', '),
  validUntil: new Date(certificate.validTo).toISOString(),
  hasExpired: Date.parse(certificate.validTo) < now,
  fingerprint: certificate.fingerprint256,
});
