import { lookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Ranges that contain no service of an organisation: link-local (with the metadata services of clouds), 0.0.0.0, multicast. */
const refusedRanges = new Set(['linkLocal', 'unspecified', 'multicast', 'broadcast']);

/** A configured host leads to an address to which this server never connects. */
export class RefusedAddressError extends Error {
  constructor(host: string) {
    super(
      `${host} resolves to an address that is not allowed (link-local, unspecified or multicast). Enter another host.`,
    );
    this.name = 'RefusedAddressError';
  }
}

/** Whether this server may connect to an IP address. */
export const isReachableAddress = (address: string): boolean =>
  !ipaddr.isValid(address) || !refusedRanges.has(ipaddr.process(address).range());

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
