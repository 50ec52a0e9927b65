import { isIPv6 } from 'node:net';

/** An IPv6 address written out in its eight groups; null for one that cannot be read. */
function groupsOf(address: string): string[] | null {
  const [head = '', tail] = address.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = 8 - front.length - back.length;
  if (missing < 0) return null;
  return [...front, ...Array.from({ length: tail === undefined ? 0 : missing }, () => '0'), ...back];
}

/**
 * Whom limits per network count together: one IPv4 address, or the 64 bits of an IPv6 address that a single customer is given at least
 * (RFC 6177). Otherwise one computer would have 2⁶⁴ tries.
 */
export function networkOf(address: string): string {
  const plain = address.split('%')[0] ?? '';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(plain)) return plain;
  const groups = groupsOf(plain);
  return groups === null
    ? plain
    : `${groups
        .slice(0, 4)
        .map((group) => Number.parseInt(group, 16).toString(16))
        .join(':')}::/64`;
}
