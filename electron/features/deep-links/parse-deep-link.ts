import { z } from 'zod';
import { deepLink, linkScheme, type DeepLink } from '../../../shared/bridge/deep-link.ts';

/** Characters of a whole link. */
const maxLength = 500;

/** What a link is made of: printable ASCII without quotes, brackets and backslashes; everything else is percent-encoded. */
const written = z
  .string()
  .max(maxLength)
  .regex(/^[\w.~!$&'()*+,;=:@%/?-]+$/);

const form = new RegExp(String.raw`^${linkScheme}://([a-z]+)(?:/([^/?]*))?/?(?:\?([^?]*))?$`, 'i');

/** Throws for an encoding that is not UTF-8. A `+` stays a plus sign, which telephone numbers need. */
function readQuery(query: string): ReadonlyMap<string, string> | null {
  const found = new Map<string, string>();
  for (const part of query === '' ? [] : query.split('&')) {
    const [name = '', ...values] = part.split('=');
    if (found.has(name) || values.length !== 1) return null;
    found.set(name, decodeURIComponent(values[0] ?? ''));
  }
  return found;
}

/** Whether a query has only these parameters. */
const hasOnly = (query: ReadonlyMap<string, string>, ...names: readonly string[]): boolean =>
  [...query.keys()].every((name) => names.includes(name));

function target(place: string, path: string, query: ReadonlyMap<string, string>): unknown {
  const ticket = query.get('ticket') ?? null;
  switch (place) {
    case 'account':
      return hasOnly(query, 'ticket') && { kind: 'account', search: path, ticket };
    case 'call':
      return (
        path === '' &&
        hasOnly(query, 'number', 'ticket') && { kind: 'call', search: query.get('number'), ticket }
      );
    case 'approval':
      return hasOnly(query) && /^[1-9]\d*$/.test(path) && { kind: 'approval', caseNumber: Number(path) };
    default:
      return null;
  }
}

/**
 * SECURITY: docs/security.md, 22. Reads a link that any program or web page may have made. Null for every text that is not exactly such a link: another
 * scheme or place, an unknown or repeated parameter, characters that cannot be seen, a value out of bounds.
 */
export function parseDeepLink(text: string): DeepLink | null {
  if (!written.safeParse(text).success) return null;
  const [, place = '', path = '', query = ''] = form.exec(text) ?? [];
  try {
    const read = readQuery(query);
    const link = read === null ? null : target(place.toLowerCase(), decodeURIComponent(path), read);
    return deepLink.safeParse(link).data ?? null;
  } catch (thrown) {
    if (thrown instanceof URIError) return null;
    throw thrown;
  }
}

/** The link in a command line; null if it has none or several. */
export function linkIn(args: readonly string[]): string | null {
  const links = args.filter((arg) => arg.toLowerCase().startsWith(`${linkScheme}:`));
  return links.length === 1 ? (links[0] ?? null) : null;
}
