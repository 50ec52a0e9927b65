import tls, { type SecureContext } from 'node:tls';

/** Exists since Node 22.15. Older versions trust only their own list and `NODE_EXTRA_CA_CERTS`. */
type CertificateSource = (type: 'default' | 'system') => string[];

/**
 * Trusts the operating system's certificate authorities besides Node's own list, because companies run their own. Undefined if this
 * Node cannot read the system's store.
 *
 * The product turns off the NodeOptions fuse, which disables `NODE_EXTRA_CA_CERTS`, too, so this is the only way.
 */
export function systemTrust(): SecureContext | undefined {
  const source = (tls as { getCACertificates?: CertificateSource }).getCACertificates;
  if (source === undefined) return undefined;
  return tls.createSecureContext({ ca: [...new Set([...source('default'), ...source('system')])] });
}
