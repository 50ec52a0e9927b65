import { once } from 'node:events';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createServer as createTls } from 'node:tls';
import { SMTPServer } from 'smtp-server';
import { describe, expect } from 'vitest';
import { makeCertificateAuthority, type IssuedCertificate } from '../../fixtures/certificate-authority.ts';
import type { deskOf } from '../../backend/desk-call.ts';
import { newBackendTest } from '../../fixtures/api.ts';

type Desk = ReturnType<typeof deskOf>;
type Problem = { code?: string; detail?: string };
type Issued = Awaited<ReturnType<typeof makeCertificateAuthority>>;
/** How a server of this test presents itself and which clients it accepts. */
type Manner = IssuedCertificate & { readonly ca?: string; readonly requestCert?: boolean };

const listening = async (server: { listen(port: number, host: string): unknown; address(): unknown }) => {
  const listener = server.listen(0, '127.0.0.1') as { address(): unknown };
  await once(listener as never, 'listening');
  return (listener.address() as AddressInfo).port;
};

async function startHttps(manner: Manner, answer: (url: string) => object) {
  const server = createHttps(
    { ...manner, rejectUnauthorized: manner.requestCert === true },
    (request, response) => {
      request.resume().on('end', () => {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(answer(request.url ?? '')));
      });
    },
  );
  server.on('tlsClientError', () => undefined);
  const port = await listening(server);
  return {
    port,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function startSmtp(manner: Manner, secure: boolean) {
  const server = new SMTPServer({
    ...manner,
    secure,
    authOptional: true,
    rejectUnauthorized: manner.requestCert === true,
    onData: (stream, _session, done) => {
      stream.on('end', () => done()).resume();
    },
  });
  server.on('error', () => undefined);
  const port = await listening(server as never);
  return { port, stop: () => server.close(() => undefined) };
}

async function startSyslog(manner: Manner) {
  const server = createTls({ ...manner, rejectUnauthorized: manner.requestCert === true }, (socket) => {
    socket.on('error', () => undefined);
    socket.resume();
  });
  server.on('tlsClientError', () => undefined);
  const port = await listening(server);
  return { port, stop: () => server.close() };
}

interface Connection {
  readonly start: (manner: Manner) => Promise<{ readonly port: number; readonly stop: () => void }>;
  readonly settings: (port: number) => readonly [path: string, body: object];
  readonly test: readonly [path: string, body?: object];
}

const mail = (secure: boolean): Connection => ({
  start: (manner) => startSmtp(manner, secure),
  settings: (port) => [
    '/settings/mail',
    {
      transport: 'smtp',
      host: 'localhost',
      port,
      security: secure ? 'tls' : 'starttls',
      userName: '',
      from: 'Desk <desk@example.com>',
    },
  ],
  test: ['/settings/mail/test', { to: 'zoe@example.com' }],
});

/** Every kind of server that an administrator can set up, with the call that tries it. */
const connections: Readonly<Record<string, Connection>> = {
  'a mail server with TLS': mail(true),
  'a mail server with STARTTLS': mail(false),
  'a text message gateway': {
    start: (manner) => startHttps(manner, () => ({})),
    settings: (port) => [
      '/settings/texts',
      {
        transport: 'gateway',
        method: 'POST',
        url: `https://localhost:${port}/send`,
        headers: [],
        bodyFormat: 'json',
        body: '{"to":"{{to}}","text":"{{text}}"}',
      },
    ],
    test: ['/settings/texts/test', { to: '+49 555 0100 318' }],
  },
  'a webhook for the audit log': {
    start: (manner) => startHttps(manner, () => ({})),
    settings: (port) => [
      '/settings/audit-streams/webhook',
      { enabled: false, url: `https://localhost:${port}/log`, secret: 'a secret of sixteen and more' },
    ],
    test: ['/settings/audit-streams/webhook/test'],
  },
  'a syslog server': {
    start: startSyslog,
    settings: (port) => [
      '/settings/audit-streams/syslog',
      { enabled: false, host: 'localhost', port, tls: true, format: 'jsonl' },
    ],
    test: ['/settings/audit-streams/syslog/test'],
  },
  'an identity provider': {
    start: async (manner) => {
      const started = { port: 0 };
      const issuer = () => `https://localhost:${started.port}`;
      const server = await startHttps(manner, () => ({
        issuer: issuer(),
        authorization_endpoint: `${issuer()}/auth`,
        token_endpoint: `${issuer()}/token`,
        jwks_uri: `${issuer()}/keys`,
        code_challenge_methods_supported: ['S256'],
      }));
      started.port = server.port;
      return server;
    },
    settings: (port) => [
      '/settings/provider',
      {
        enabled: true,
        name: 'Example ID',
        issuer: `https://localhost:${port}`,
        clientId: 'reset-desk',
        scopes: 'openid',
        userNameClaim: 'preferred_username',
        rolesClaim: '',
        roles: [],
        matchBy: 'nothing',
        create: false,
        secondFactor: 'here',
        secret: 'a-secret',
      },
    ],
    test: ['/settings/provider/test'],
  },
};

const it = newBackendTest.extend('issued', { scope: 'file' }, () => makeCertificateAuthority());

describe.each(Object.entries(connections))('a connection to %s', (_name, { start, settings, test }) => {
  /** Sets up and tries the connection; returns the status and the reason of a failure. */
  const attempt = async (desk: Desk, manner: Manner) => {
    const server = await start(manner);
    try {
      const [path, body] = settings(server.port);
      const saved = await desk.call<Problem>('PUT', path, body);
      if (saved.status !== 200) throw new Error(`${path}: ${JSON.stringify(saved.body)}`);
      const { status, body: answer } = await desk.call<Problem>('POST', ...test);
      return { status, detail: answer.detail ?? '' };
    } finally {
      server.stop();
    }
  };
  const trusting = async (desk: Desk, { authority, client }: Issued, withClient: boolean) => {
    const { status } = await desk.call('PUT', '/settings/trust', {
      authorities: authority,
      clientCertificate: withClient ? client.cert : '',
      ...(withClient && { clientKey: client.key }),
    });
    expect(status).toBe(200);
  };

  it('is accepted only if its authority is trusted', async ({ desk, issued }) => {
    const before = await attempt(desk, issued.server);
    expect(before.status).toBe(502);
    expect(before.detail).toContain('Add the authority in Settings, Certificates.');
    await trusting(desk, issued, false);
    expect(await attempt(desk, issued.server)).toEqual({ status: 200, detail: '' });
  });

  it('is refused with the reason if the certificate is for another name', async ({ desk, issued }) => {
    await trusting(desk, issued, false);
    expect(await attempt(desk, issued.otherName)).toEqual({
      status: 502,
      detail: 'The server’s certificate is for a different name.',
    });
  });

  it('shows the client certificate to a server that asks for one', async ({ desk, issued }) => {
    const asking: Manner = { ...issued.server, ca: issued.authority, requestCert: true };
    await trusting(desk, issued, false);
    const without = await attempt(desk, asking);
    expect(without.status).toBe(502);
    expect(without.detail).not.toMatch(/OPENSSL|ssl3|:error:|ECONN/i);
    await trusting(desk, issued, true);
    expect(await attempt(desk, asking)).toEqual({ status: 200, detail: '' });
  });
});
