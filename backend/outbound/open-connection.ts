import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { assertReachable, lookupReachable } from './reachable-address.ts';
import { secureContextOf, type Trust } from './trust.ts';

/** A TCP connection, with TLS checked by the trust if asked for; it is ready at `secureConnect` or `connect`. Deadlines are the caller's. */
export function openConnection(
  { host, port, tls }: { readonly host: string; readonly port: number; readonly tls: boolean },
  trust: Trust,
): Socket {
  assertReachable(host);
  return tls
    ? connectTls({
        host,
        port,
        lookup: lookupReachable,
        ...(isIP(host) === 0 && { servername: host }),
        secureContext: secureContextOf(trust),
      })
    : connectPlain({ host, port, lookup: lookupReachable });
}
