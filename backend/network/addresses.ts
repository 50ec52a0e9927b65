import ipaddr, { type IPv4, type IPv6 } from 'ipaddr.js';

/** Whether a host name, as in a URL or a setting, is this computer: `localhost`, 127.0.0.0/8 or ::1. */
export function isLoopbackHost(hostname: string): boolean {
  if (hostname === 'localhost') return true;
  const address = /^\[(.*)\]$/.exec(hostname)?.[1] ?? hostname;
  const isAddress = ipaddr.IPv4.isValidFourPartDecimal(address) || address.includes(':');
  return isAddress && ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';
}

const isIpv6 = (address: IPv4 | IPv6): address is IPv6 => address.kind() === 'ipv6';

/**
 * The network that rate limits count as one client: an IPv4 address, or the /64 of an IPv6 address, which is the smallest network assigned to one
 * customer (RFC 6177). Counted by address, one customer would have 2⁶⁴ tries. A text that is not an address is returned unchanged.
 */
export function networkOf(address: string): string {
  const [plain = ''] = address.split('%');
  if (!ipaddr.isValid(plain)) return plain;
  const parsed = ipaddr.process(plain);
  if (!isIpv6(parsed)) return parsed.toString();
  return `${parsed.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}

/** Whether an address is in one of these networks, each an address or a CIDR block. */
export function isInNetworks(address: string, networks: readonly string[]): boolean {
  const [plain = ''] = address.split('%');
  if (!ipaddr.isValid(plain)) return false;
  const client = ipaddr.process(plain);
  return networks.some((network) => {
    const [base = '', length] = network.split('/');
    if (!ipaddr.isValid(base)) return false;
    const start = ipaddr.process(base);
    const bits = length === undefined ? (isIpv6(start) ? 128 : 32) : Number(length);
    return start.kind() === client.kind() && client.match(start, bits);
  });
}
