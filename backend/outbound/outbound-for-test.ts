import { createHttpClient } from './http-client.ts';
import { systemTrust, type Trust } from './trust.ts';

/** Outgoing connections that trust the system's authorities and those that a test adds. */
export function outboundForTest(more: Partial<Trust> = {}) {
  const trust = () => Promise.resolve({ ...systemTrust, ...more });
  return { trust, http: createHttpClient(trust) };
}
