import tls, { type SecureContext } from 'node:tls';

/** Newer Node only (22.15 on); older ones trust their own list and `NODE_EXTRA_CA_CERTS`. */
type CertificateSource = (type: 'default' | 'system') => string[];

/**
 * Trusts what the operating system trusts besides Node's own list: help desks sit behind certificate authorities of their
 * company. Undefined where this Node cannot read the system's store.
 *
 * The NodeOptions fuse, off in the product, switches `NODE_EXTRA_CA_CERTS` off as well, so this is the only way there.
 */
export function systemTrust(): SecureContext | undefined {
  const source = (tls as { getCACertificates?: CertificateSource }).getCACertificates;
  if (source === undefined) return undefined;
  return tls.createSecureContext({ ca: [...new Set([...source('default'), ...source('system')])] });
}
