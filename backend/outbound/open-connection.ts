import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { assertReachable, lookupReachable } from './reachable-address.ts';
import { secureContextOf, type Trust } from './trust.ts';

/**
 * Opens a TCP connection, with TLS checked by the trust if requested. It is ready at `secureConnect` or `connect`. The caller sets deadlines. With
 * `acceptsAnyCertificate` it may be used only to read the certificate.
 */
export function openConnection(
  {
    host,
    port,
    tls,
    acceptsAnyCertificate = false,
  }: {
    readonly host: string;
    readonly port: number;
    readonly tls: boolean;
    readonly acceptsAnyCertificate?: boolean;
  },
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
        rejectUnauthorized: !acceptsAnyCertificate,
      })
    : connectPlain({ host, port, lookup: lookupReachable });
}

/** Begins TLS, checked by the trust, on a connection that was opened without it; it is ready at `secureConnect`. */
export function beginTls(
  socket: Socket,
  host: string,
  trust: Trust,
  { acceptsAnyCertificate = false }: { readonly acceptsAnyCertificate?: boolean } = {},
): TLSSocket {
  return connectTls({
    socket,
    host,
    ...(isIP(host) === 0 && { servername: host }),
    secureContext: secureContextOf(trust),
    rejectUnauthorized: !acceptsAnyCertificate,
  });
}
