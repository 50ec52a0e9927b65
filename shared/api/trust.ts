import { z } from 'zod';
import { endpoint } from './endpoint.ts';

/** Characters of PEM: some hundred certificates. */
const pem = z.string().max(512 * 1024);

/**
 * How the server checks the servers that it connects to (mail, text gateway, identity provider, audit streams, list of breached passwords), and the
 * certificate that it shows to those that ask for one. The key can be set, but is never answered.
 */
const trustSettings = z.object({
  /** PEM certificates of authorities that are trusted besides the system's; empty for none. */
  authorities: pem,
  /** The client certificate in PEM, its chain after it; empty for none. */
  clientCertificate: pem,
});
export type TrustSettings = z.infer<typeof trustSettings>;

const certificateView = z.object({
  subject: z.string(),
  issuer: z.string(),
  validUntil: z.iso.datetime(),
  hasExpired: z.boolean(),
  /** SHA-256 in hex with colons. */
  fingerprint: z.string(),
});
export type CertificateView = z.infer<typeof certificateView>;

const trustView = trustSettings.extend({
  clientKeyStored: z.boolean(),
  /** What the PEM text holds, in its order. */
  certificates: z.object({
    authorities: z.array(certificateView),
    client: certificateView.nullable(),
  }),
});

export const getTrust = endpoint({
  id: 'getTrust',
  method: 'GET',
  path: '/settings/trust',
  summary: 'Get the certificates with which the server connects to other servers',
  right: 'mail.configure',
  scope: { by: 'everything' },
  bridge: 'settings.trust',
  answer: trustView,
  errors: [],
});

export const changeTrust = endpoint({
  id: 'changeTrust',
  method: 'PUT',
  path: '/settings/trust',
  summary:
    'Change the trusted authorities and the client certificate; without a key the stored one is kept while it fits the certificate',
  right: 'mail.configure',
  scope: { by: 'everything' },
  proof: 'recent',
  protected: { by: 'every-call' },
  bridge: 'settings.changeTrust',
  largeBody: true,
  body: trustSettings.extend({
    /** The key of the client certificate in PEM, without a passphrase. */
    clientKey: z
      .string()
      .max(64 * 1024)
      .optional(),
  }),
  answer: trustView,
  errors: ['request.invalid'],
});
