import { connect } from 'node:net';

/** Finds the proxies for an address as the system does, its PAC file included: a list such as `PROXY proxy.example.com:3128; DIRECT`. */
export type FindProxy = (url: string) => Promise<string>;

/** How each word of a PAC answer is written as an address. The SOCKS proxy looks up the server's name, as for a browser. */
const schemes: Readonly<Record<string, string>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  SOCKS: 'socks4a',
  SOCKS4: 'socks4a',
  SOCKS5: 'socks5h',
};

/** Proxies of one answer that are tried. */
const maxProxies = 8;
/** Milliseconds for the answer of a PAC file, and for a connection to one of several proxies. */
const [answerMs, connectMs] = [10_000, 3000];
/** Milliseconds for which a proxy is not tried again, as in browsers, and for which one that accepted a connection is used unchecked. */
const [downMs, upMs] = [5 * 60_000, 60_000];

/** The addresses of the proxies of a PAC answer in its order, null for a direct connection. Other words are left out. */
export function proxiesOf(answer: string): readonly (string | null)[] {
  const places = answer.split(';', maxProxies).flatMap((part): (string | null)[] => {
    const [word = '', place = ''] = part.trim().split(/\s+/u);
    if (word.toUpperCase() === 'DIRECT') return [null];
    const scheme = schemes[word.toUpperCase()];
    return scheme === undefined || !URL.canParse(`${scheme}://${place}`) ? [] : [`${scheme}://${place}`];
  });
  return places.length === 0 ? [null] : places;
}

const defaultPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** Whether something at the address of a proxy accepts a connection. */
function accepts(proxy: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(proxy);
  const host = hostname.replaceAll(/^\[|\]$/g, '');
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port) || (defaultPorts[protocol] ?? 1080) });
    const end = (isUp: boolean) => () => {
      socket.destroy();
      resolve(isUp);
    };
    socket.setTimeout(connectMs, end(false)).once('connect', end(true)).once('error', end(false));
  });
}

/** Direct, as in browsers, if the PAC file has no answer. */
async function answerOf(findProxy: FindProxy, url: string): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, answerMs, 'DIRECT');
  });
  try {
    return await Promise.race([findProxy(url), late]);
  } catch {
    return 'DIRECT';
  } finally {
    clearTimeout(timer);
  }
}

/** Chooses the proxy for each address: the first of the system's that accepts connections, null for none. */
export function createProxyChoice(
  findProxy: FindProxy,
  now: () => number = Date.now,
): (url: string) => Promise<string | null> {
  const known = new Map<string, { readonly isUp: boolean; readonly until: number }>();
  const isUp = async (proxy: string): Promise<boolean> => {
    const before = known.get(proxy);
    if (before !== undefined && before.until > now()) return before.isUp;
    const found = await accepts(proxy);
    known.set(proxy, { isUp: found, until: now() + (found ? upMs : downMs) });
    return found;
  };
  return async (url) => {
    const places = proxiesOf(await answerOf(findProxy, url));
    const [first = null] = places;
    // The only place is tried as it is, and fails with the reason.
    if (places.length === 1) return first;
    for (const place of places) if (place === null || (await isUp(place))) return place;
    return first;
  };
}
