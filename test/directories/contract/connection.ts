import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { describe, expect, it } from 'vitest';
import type { DirectoryFault } from '../../../backend/directories/external/directory-fault.ts';
import type { ConnectionReport } from '../../../backend/directories/external/connection-report.ts';
import { startFaultyProxy, type FaultyProxy } from '../../fixtures/faulty-proxy.ts';
import { startPassword, type ConnectOptions } from '../lab.ts';
import { faultOf, secret, setTemporary, type Subject } from './subject.ts';

/** The connection check, and the results of calls when a connection fails. */
export function describeConnection(subject: Subject): void {
  describe('a connection', () => {
    describeServiceAccount(subject);
    describeCertificates(subject);
    describeSilence(subject);
    describeLostConnections(subject);
  });
}

/** Reads over another connection and returns the fault. */
async function faultWith(subject: Subject, options: ConnectOptions): Promise<DirectoryFault> {
  const other = subject.lab.connect(options);
  try {
    return await faultOf(other.read('00000000-0000-4000-8000-000000000000'));
  } finally {
    await other.close();
  }
}

async function steps(subject: Subject, options: ConnectOptions): Promise<ConnectionReport> {
  const other = subject.lab.connect(options);
  const report = await other.check();
  await other.close();
  return report;
}

const failing = (report: ConnectionReport) =>
  report.servers.flatMap((server) => server.steps.filter(({ outcome }) => outcome === 'failed'));

function describeServiceAccount(subject: Subject): void {
  it('passes its check, with the certificate, the clock and an account for a preview', async () => {
    await subject.added();
    const report = await steps(subject, {});
    expect(failing(report)).toEqual([]);
    expect(report.servers[0]).toMatchObject({ missingRights: [] });
    const isOpen = (report.servers[0]?.unknownRights.length ?? 0) > 0;
    expect(report.servers[0]?.steps.at(-1)).toMatchObject({
      step: 'rights',
      outcome: isOpen ? 'unchecked' : 'passed',
    });
    expect(report.servers[0]?.certificate?.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(Math.abs(report.servers[0]?.clockAhead ?? 0)).toBeLessThan(60_000);
    expect(report.sample?.key).toBeDefined();
  });
  it('says that the service account’s password is wrong', async () => {
    expect((await faultWith(subject, { servicePassword: 'Wrong-Passw0rd-1' })).code).toBe(
      'service-account-wrong',
    );
    const report = await steps(subject, { servicePassword: 'Wrong-Passw0rd-1' });
    expect(failing(report)).toEqual([{ step: 'bind', outcome: 'failed', fault: 'service-account-wrong' }]);
  });
  it('does not lock the service account by trying a wrong password again and again', async () => {
    const signIn = async () => {
      const right = subject.lab.connect();
      expect(await right.read('00000000-0000-4000-8000-000000000000')).toBeNull();
      await right.close();
    };
    // A right sign-in resets the count of wrong ones.
    await signIn();
    const other = subject.lab.connect({ servicePassword: 'Wrong-Passw0rd-1' });
    for (let tries = 0; tries < 5; tries += 1)
      expect((await faultOf(other.read('00000000-0000-4000-8000-000000000000'))).code).toBe(
        'service-account-wrong',
      );
    await other.close();
    await signIn();
  });
  it('names the right that is missing', async () => {
    const { key } = await subject.added();
    const other = subject.lab.connect({ withoutRights: true });
    const fault = await faultOf(setTemporary(other, key, secret('Temporary-4712-Passw0rd')));
    const unlock = await faultOf(other.unlock(key));
    const report = await other.check();
    await other.close();
    expect([fault.code, fault.detail]).toEqual(['right-missing', 'reset-password']);
    expect([unlock.code, unlock.detail]).toEqual(
      subject.directory.capabilities.unlock === true ? ['right-missing', 'unlock'] : ['not-possible', null],
    );
    expect(report.servers[0]?.missingRights).toEqual(subject.lab.says.missingRights);
    expect(report.servers[0]?.steps.at(-1)).toMatchObject({
      step: 'rights',
      outcome: subject.lab.says.missingRights.length > 0 ? 'failed' : 'unchecked',
    });
    expect(await subject.verify(key, startPassword)).toBe('right');
  });
}

function describeCertificates(subject: Subject): void {
  it('shows a certificate of an authority that is not trusted', async () => {
    expect((await faultWith(subject, { authority: '' })).code).toBe('certificate-untrusted');
    const report = await steps(subject, { authority: '' });
    expect(failing(report)).toEqual([
      { step: 'certificate', outcome: 'failed', fault: 'certificate-untrusted' },
    ]);
    expect(report.servers[0]?.certificate?.pem).toContain('BEGIN CERTIFICATE');
  });
  it.each([
    ['that has expired', 'expired', 'certificate-expired'],
    ['for another name', 'otherName', 'certificate-name'],
  ] as const)('refuses a certificate %s', async (_what, certificate, code) => {
    const server = createTlsServer(subject.lab.certificates[certificate], (socket) =>
      socket.on('error', () => undefined),
    );
    server.on('tlsClientError', () => undefined);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect((await faultWith(subject, { servers: [{ host: '127.0.0.1', port }] })).code).toBe(code);
    server.close();
  });
}

function describeSilence(subject: Subject): void {
  it('says that no server answers', async () => {
    expect((await faultWith(subject, { servers: [{ host: '127.0.0.1', port: 1 }] })).code).toBe(
      'unreachable',
    );
    const report = await steps(subject, { servers: [{ host: '127.0.0.1', port: 1 }] });
    expect(failing(report)).toEqual([{ step: 'connect', outcome: 'failed', fault: 'unreachable' }]);
  });
  it('says in time that a server is silent', async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect((await faultWith(subject, { servers: [{ host: '127.0.0.1', port }], timeoutMs: 300 })).code).toBe(
      'timeout',
    );
    for (const socket of sockets) socket.destroy();
    server.close();
  });
}

function describeLostConnections(subject: Subject): void {
  it('does not repeat a write whose answer is lost', async () => {
    const { key } = await subject.added();
    let proxy: FaultyProxy | undefined;
    const bridge = await subject.lab.through(async (target) => (proxy = await startFaultyProxy(target)));
    const other = subject.lab.connect({ servers: [bridge.address] });
    await other.read(key);
    const lost = proxy?.loseAnswer(subject.lab.writeMark);
    const fault = await faultOf(setTemporary(other, key, secret('Temporary-4712-Passw0rd')));
    await lost;
    expect(fault.code).toBe('outcome-unknown');
    // The connection is restored, and the directory shows the result of the write.
    expect(await other.read(key)).toMatchObject({ mustChange: subject.lab.says.isOneWrite });
    expect(await subject.verify(key, 'Temporary-4712-Passw0rd')).toBe(
      subject.lab.says.isOneWrite ? 'must-change' : 'right',
    );
    await other.close();
    await bridge.stop();
  });
  it('is made again when the server has ended it', async () => {
    const { key } = await subject.added();
    let proxy: FaultyProxy | undefined;
    const bridge = await subject.lab.through(async (target) => (proxy = await startFaultyProxy(target)));
    const other = subject.lab.connect({ servers: [bridge.address] });
    await other.read(key);
    proxy?.reset();
    expect(await other.read(key)).toMatchObject({ key });
    proxy?.reset();
    await setTemporary(other, key, secret('Temporary-4712-Passw0rd'));
    expect(await other.read(key)).toMatchObject({ mustChange: true });
    await other.close();
    await bridge.stop();
  });
  it('serves many calls at once from the start', async () => {
    const accounts = await Promise.all(Array.from({ length: 8 }, () => subject.added()));
    const other = subject.lab.connect();
    const passwords = accounts.map((_account, at) => `Temporary-${at}-Passw0rd`);
    await Promise.all(accounts.map(({ key }, at) => setTemporary(other, key, secret(passwords[at] ?? ''))));
    const outcomes = await Promise.all(
      accounts.map(({ key }, at) => subject.verify(key, passwords[at] ?? '')),
    );
    expect(new Set(outcomes)).toEqual(new Set(['must-change']));
    await other.close();
  });
  it('is refused once it is closed', async () => {
    const other = subject.lab.connect();
    await other.close();
    expect((await faultOf(other.read('00000000-0000-4000-8000-000000000000'))).code).toBe('unreachable');
  });
}
