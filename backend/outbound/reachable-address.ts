import { lookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Ranges that contain no service of an organisation: link-local (with the metadata services of clouds), 0.0.0.0, multicast. */
const refusedRanges = new Set(['linkLocal', 'unspecified', 'multicast', 'broadcast']);

/** A configured host leads to an address to which this server never connects. */
export class RefusedAddressError extends Error {
  constructor(host: string) {
    super(
      `${host} resolves to an address that is not allowed (link-local, cloud metadata, unspecified or multicast). Enter another host.`,
    );
    this.name = 'RefusedAddressError';
  }
}

/** Metadata services of clouds outside of these ranges. */
const metadataServices = new Set(['fd00:ec2::254', '100.100.100.200', '168.63.129.16', '192.0.0.192']);

/** The IPv4 addresses that a gateway reads from an IPv6 address (RFC 6052, RFC 6145, 6to4). */
function embeddedAddresses(address: ipaddr.IPv4 | ipaddr.IPv6): readonly ipaddr.IPv4[] {
  if (address.kind() === 'ipv4') return [];
  const bytes = address.toByteArray();
  const at = (start: number) => new ipaddr.IPv4(bytes.slice(start, start + 4));
  switch (address.range()) {
    case 'rfc6052':
    case 'rfc6145':
      return [at(12)];
    case '6to4':
      return [at(2)];
    default:
      return [];
  }
}

/** Whether this server connects to an IP address. */
export function isReachableAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return true;
  const parsed = ipaddr.process(address);
  return [parsed, ...embeddedAddresses(parsed)].every(
    (one) => !refusedRanges.has(one.range()) && !metadataServices.has(one.toString()),
  );
}

/** Throws {@link RefusedAddressError} if the host is such an address itself; {@link lookupReachable} checks names. */
export function assertReachable(host: string): void {
  if (!isReachableAddress(host.replaceAll(/^\[|\]$/g, ''))) throw new RefusedAddressError(host);
}

/** `dns.lookup` without the addresses to which this server never connects. */
export const lookupReachable: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
    if (error !== null) {
      callback(error, '');
      return;
    }
    const reachable = found.filter(({ address }) => isReachableAddress(address));
    const [first] = reachable;
    if (first === undefined) callback(new RefusedAddressError(hostname), '');
    else if (options.all === true) callback(null, reachable);
    else callback(null, first.address, first.family);
  });
};
