import tls, { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import type { Secret } from '../../shared/secret/secret.ts';

/** How this server checks the servers that it connects to, and its certificate for servers that request one. */
export interface Trust {
  /** Certificates (PEM) of authorities that are trusted besides the system's; empty for none. */
  readonly authorities: string;
  /** The client certificate with its chain, and its key (PEM). */
  readonly client: { readonly certificate: string; readonly key: Secret } | null;
}

/** Reads the trust for each connection, so that a change needs no restart. */
export type ReadTrust = () => Promise<Trust>;

/** Trusts the authorities that the system trusts. */
export const systemTrust: Trust = { authorities: '', client: null };

/** Exists since Node 22.15. Older versions know their own list, without the system's and without `NODE_EXTRA_CA_CERTS`. */
type CertificateSource = (type: 'default' | 'system') => string[];

let systemAuthorities: readonly string[] | undefined;
function readSystemAuthorities(): readonly string[] {
  if (systemAuthorities === undefined) {
    const source = (tls as { getCACertificates?: CertificateSource }).getCACertificates;
    systemAuthorities =
      source === undefined ? rootCertificates : [...new Set([...source('default'), ...source('system')])];
  }
  return systemAuthorities;
}

/** Equal for equal trust. It contains the client's key. */
export const trustKey = ({ authorities, client }: Trust): string =>
  `${authorities}\n${client?.certificate ?? ''}\n${client?.key.expose() ?? ''}`;

let last: { readonly key: string; readonly context: SecureContext } | undefined;

/** The TLS context of outgoing connections: TLS 1.2 or later. The last one is cached, since building it takes about 10 ms. */
export function secureContextOf({ authorities, client }: Trust): SecureContext {
  const key = trustKey({ authorities, client });
  if (last?.key !== key) {
    const context = createSecureContext({
      ca: [...readSystemAuthorities(), ...(authorities.trim() === '' ? [] : [authorities])],
      minVersion: 'TLSv1.2',
      // Trusts a server's own certificate as well, without its authority; since Node 22.9.
      allowPartialTrustChain: true,
      ...(client && { cert: client.certificate, key: client.key.expose() }),
    });
    last = { key, context };
  }
  return last.context;
}
