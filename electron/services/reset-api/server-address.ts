import { ConsoleFailure } from '../../failure/console-failure.ts';

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether a host name always means this computer. */
export const isLoopback = (hostname: string): boolean => loopback.test(hostname);

/**
 * Normalises a server address that a user typed: `https` by default, no trailing slash. Throws
 * `server.address-invalid`, or `server.tls-required` for plain HTTP to another computer.
 */
export function parseServerAddress(typed: string): string {
  const text = typed.trim();
  const url = tryParse(withScheme(text));
  const wellFormed =
    url !== null &&
    (url.protocol === 'https:' || url.protocol === 'http:') &&
    url.hostname !== '' &&
    url.username === '' &&
    url.password === '' &&
    url.search === '' &&
    url.hash === '';
  if (!wellFormed) throw new ConsoleFailure('server.address-invalid');
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) throw new ConsoleFailure('server.tls-required');
  const path = url.pathname.replace(/\/+$/, '').replace(/\/api(?:\/v\d+)?$/, '');
  return `${url.origin}${path}`;
}

const withScheme = (text: string): string =>
  /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`;

function tryParse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
