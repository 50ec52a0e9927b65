import { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { withDeadline } from '../../outbound/deadline.ts';
import { beginTls, openConnection } from '../../outbound/open-connection.ts';
import { systemTrust } from '../../outbound/trust.ts';
import type { ServerCertificate } from '../external/connection-report.ts';
import { destroyAll, type LdapServer } from './ldap-connection.ts';
import { ldapLibrary } from './ldap-requests.ts';

/**
 * Reads the certificate that a server presents, trusted or not, so that an administrator can compare it; null if it presents none. Sends nothing over
 * the connection.
 */
export async function readServerCertificate(
  server: LdapServer,
  encryption: 'tls' | 'start-tls',
  timeoutMs: number,
): Promise<ServerCertificate | null> {
  const sockets: Socket[] = [];
  try {
    const raw = await withDeadline(timeoutMs, undefined, (deadline) => {
      deadline.addEventListener('abort', () => {
        destroyAll(sockets);
      });
      return encryption === 'tls' ? rawByTls(server, sockets) : rawByStartTls(server, sockets);
    });
    if (raw === null) return null;
    const certificate = new X509Certificate(raw);
    return {
      subject: certificate.subject.replaceAll('\n', ', '),
      issuer: certificate.issuer.replaceAll('\n', ', '),
      validUntil: Date.parse(certificate.validTo),
      fingerprint: certificate.fingerprint256,
      pem: certificate.toString(),
    };
  } catch {
    return null;
  } finally {
    destroyAll(sockets);
  }
}

/** Waits for the handshake; the certificate is readable whether or not it is trusted. */
const shown = (socket: TLSSocket): Promise<Buffer | null> =>
  new Promise((resolve, reject) => {
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerX509Certificate();
      resolve(certificate === undefined ? null : Buffer.from(certificate.raw));
    });
    socket.once('error', reject);
    socket.once('close', () => {
      resolve(null);
    });
  });

function rawByTls({ host, port }: LdapServer, sockets: Socket[]): Promise<Buffer | null> {
  const socket = openConnection(
    { host, port, tls: true, acceptsAnyCertificate: true },
    systemTrust,
  ) as TLSSocket;
  sockets.push(socket);
  return shown(socket);
}

async function rawByStartTls({ host, port }: LdapServer, sockets: Socket[]): Promise<Buffer | null> {
  const ldapts = await ldapLibrary();
  let raw: Promise<Buffer | null> = Promise.resolve(null);
  const client = new ldapts.Client({
    url: `ldap://${host.includes(':') ? `[${host}]` : host}:${port}`,
    createConnection: (() => {
      const socket = openConnection({ host, port, tls: false }, systemTrust);
      sockets.push(socket);
      return socket;
    }) as never,
    createSecureConnection: ((options: { readonly socket: Socket }) => {
      const socket = beginTls(options.socket, host, systemTrust, { acceptsAnyCertificate: true });
      sockets.push(socket);
      raw = shown(socket);
      return socket;
    }) as never,
  });
  await client.startTLS();
  return raw;
}
