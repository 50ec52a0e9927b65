import ipaddr from 'ipaddr.js';
import { isLoopbackHost } from './addresses.ts';

const rangeOf = (hostname: string): string | null => {
  const address = hostname.replaceAll(/^\[|\]$/g, '');
  return ipaddr.isValid(address) && (address.includes(':') || ipaddr.IPv4.isValidFourPartDecimal(address))
    ? ipaddr.process(address).range()
    : null;
};

/**
 * Whether a host means every address of this computer, as 0.0.0.0, its short forms such as `0` and an empty host do: a server can listen on it, but
 * clients cannot open it.
 */
export const isUnspecifiedHost = (hostname: string): boolean =>
  /^(?:0x)?[0.]*$/iu.test(hostname) || rangeOf(hostname) === 'unspecified';

/** Whether no other computer can open an address: it is loopback, unspecified, or link-local. */
export function isUnreachableAddress(address: string): boolean {
  const url = URL.parse(address);
  if (url === null) return true;
  const range = rangeOf(url.hostname);
  // RFC 6761: every name under `localhost` is this computer.
  const isOwnName = url.hostname.replace(/\.$/, '').endsWith('.localhost');
  return isLoopbackHost(url.hostname) || isOwnName || range === 'unspecified' || range === 'linkLocal';
}

/**
 * Why a text cannot be the address to which links in mails lead, as a sentence; null if it can. Links append a path to this address, so it has no
 * query or fragment.
 */
export function publicAddressFault(text: string): string | null {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.hostname === '')
    return 'write the address that users open, such as https://desk.example.com or https://example.com/desk';
  if (/\s/.test(text)) return 'leave out blanks';
  if (url.username !== '' || url.password !== '')
    return 'leave out the user name and the password, because every email with a link would show them';
  if (text.includes('?') || text.includes('#'))
    return 'leave out ? or # and the text after it, because links consist of the address and a path';
  if (isUnspecifiedHost(url.hostname))
    return `${url.hostname} is not an address that users can open; write the name or address of this computer`;
  return null;
}

/** The path of an address without a trailing slash: empty for a host of its own, `/desk` for `https://example.com/desk/`. */
export const basePathOf = (address: string): string =>
  (URL.parse(address)?.pathname ?? '').replace(/\/+$/, '');
