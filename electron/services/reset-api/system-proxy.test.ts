import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import https from 'node:https';
import net, { type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { endpoints } from '../../../shared/api/endpoints.ts';
import { startConnectProxy, type ConnectProxy } from './connect-proxy-for-test.ts';
import { setTimer } from '../timers/timers.ts';
import { loadHttp } from './load-http.ts';
import { createResetApi } from './reset-api.ts';
import { about, endServersAfterEach, json, listen, log } from './serve-for-test.ts';
import { createProxyChoice, proxiesOf } from './proxy-choice.ts';

endServersAfterEach();

const run = promisify(execFile);
const name = 'desk.example.com';

describe('the proxies of a PAC answer', () => {
  it.each<[string, readonly (string | null)[]]>([
    ['DIRECT', [null]],
    ['', [null]],
    ['PROXY proxy.example.com:3128', ['http://proxy.example.com:3128']],
    ['PROXY proxy.example.com:3128; DIRECT', ['http://proxy.example.com:3128', null]],
    ['DIRECT; PROXY proxy.example.com:3128', [null, 'http://proxy.example.com:3128']],
    ['HTTPS proxy.example.com:443', ['https://proxy.example.com:443']],
    ['SOCKS proxy.example.com:1080', ['socks4a://proxy.example.com:1080']],
    [
      'SOCKS5 proxy.example.com:1080;SOCKS proxy.example.com:1080',
      ['socks5h://proxy.example.com:1080', 'socks4a://proxy.example.com:1080'],
    ],
    ['proxy [2001:db8::1]:3128', ['http://[2001:db8::1]:3128']],
    ['QUIC proxy.example.com:443', [null]],
    ['QUIC proxy.example.com:443; PROXY b.example.com:1', ['http://b.example.com:1']],
    ['PROXY a b:99999; PROXY :1', ['http://a']],
    ['<html>sign in</html>', [null]],
  ])('%s', (answer, expected) => {
    expect(proxiesOf(answer)).toEqual(expected);
  });

  it('are at most eight, however many there are', () => {
    expect(proxiesOf('PROXY proxy.example.com:1;'.repeat(100_000))).toHaveLength(8);
  });
});

describe('the choice of a proxy', () => {
  it.each<[string, () => Promise<string>]>([
    ['throws', () => Promise.reject(new Error('PAC'))],
    ['answers with nothing', () => Promise.resolve('')],
  ])('is none if the PAC file %s', async (_what, findProxy) => {
    expect(await createProxyChoice(findProxy)('https://desk.example.com:443/')).toBeNull();
  });

  it('is none if the PAC file does not answer', async () => {
    vi.useFakeTimers();
    const chosen = createProxyChoice(() => new Promise(() => undefined))('https://desk.example.com:443/');
    await vi.advanceTimersByTimeAsync(10_000);
    vi.useRealTimers();
    expect(await chosen).toBeNull();
  });

  it('is the first that accepts connections, or none where a direct connection follows', async () => {
    let at = 0;
    const [dead, live] = [await startConnectProxy(), await startConnectProxy()];
    await dead.stop();
    const answer = `PROXY 127.0.0.1:${dead.port}; PROXY 127.0.0.1:${live.port}; DIRECT`;
    const choose = createProxyChoice(
      () => Promise.resolve(answer),
      () => at,
    );
    const url = 'https://desk.example.com:443/';
    expect(await choose(url)).toBe(`http://127.0.0.1:${live.port}`);
    await live.stop();
    expect(await choose(url)).toBe(`http://127.0.0.1:${live.port}`);
    at += 61_000;
    expect(await choose(url)).toBeNull();
  });
});

describe('a server behind the proxy of the house', () => {
  let folder: string;
  let certificate: { readonly key: Buffer; readonly cert: Buffer };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reset-desk-proxy-'));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key];
    const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name},DNS:*.example.com`];
    await run('openssl', ['req', '-x509', ...curve, '-out', cert, '-days', '2', ...subject]);
    certificate = { key: await readFile(key), cert: await readFile(cert) };
  });
  afterAll(() => rm(folder, { recursive: true }));
  const proxies: Pick<ConnectProxy, 'stop'>[] = [];
  afterEach(async () => {
    for (const proxy of proxies.splice(0)) await proxy.stop();
    for (const variable of ['HTTPS_PROXY', 'NO_PROXY']) delete process.env[variable];
  });

  const serve = () => listen(https.createServer(certificate, json(about)));
  const proxyTo = async (port?: number) => {
    const proxy = await startConnectProxy(() => port);
    proxies.push(proxy);
    return proxy;
  };
  const apiBy = (findProxy: (url: string) => Promise<string>) =>
    createResetApi({
      loadHttp: () => loadHttp(() => tls.createSecureContext({ ca: [certificate.cert] }), findProxy),
      userAgent: 'Reset Desk/test',
      log,
      setTimer,
    });
  const ask = (findProxy: (url: string) => Promise<string>, base = `https://${name}`) =>
    apiBy(findProxy).call(base, endpoints.getAbout, {});

  it('is reached by the proxy that the system names for its address', async () => {
    const proxy = await proxyTo(await serve());
    const urls: string[] = [];
    const findProxy = (url: string) => {
      urls.push(url);
      return Promise.resolve(`PROXY 127.0.0.1:${proxy.port}; DIRECT`);
    };
    await expect(ask(findProxy)).resolves.toMatchObject({ product: 'Reset Desk' });
    expect(urls).toEqual([`https://${name}:443/`]);
    expect(proxy.asked).toEqual([`${name}:443`]);
  });

  it('is asked twice on one connection', async () => {
    const proxy = await proxyTo(await serve());
    const api = apiBy(() => Promise.resolve(`PROXY 127.0.0.1:${proxy.port}`));
    for (let call = 0; call < 2; call += 1) await api.call(`https://${name}`, endpoints.getAbout, {});
    expect(proxy.asked).toEqual([`${name}:443`]);
  });

  it('is reached by a SOCKS proxy', async () => {
    const port = await serve();
    const asked: string[] = [];
    const socks = net.createServer((socket) => tunnelSocks5(socket, port, asked));
    const at = await listen(socks);
    await expect(ask(() => Promise.resolve(`SOCKS5 127.0.0.1:${at}`))).resolves.toMatchObject({ api: 1 });
    expect(asked).toEqual([name]);
  });

  it('is not trusted for a certificate that its proxy could read', async () => {
    const proxy = await proxyTo(await serve());
    const other = ask(() => Promise.resolve(`PROXY 127.0.0.1:${proxy.port}`), 'https://desk.example.net');
    await expect(other).rejects.toThrow('server.certificate-name');
  });

  it('is not there where the proxy refuses it', async () => {
    const proxy = await proxyTo();
    await expect(ask(() => Promise.resolve(`PROXY 127.0.0.1:${proxy.port}`))).rejects.toThrow(
      'proxy.refused',
    );
  });

  it('is unreachable where the proxy is', async () => {
    const proxy = await proxyTo();
    await proxy.stop();
    proxies.length = 0;
    await expect(ask(() => Promise.resolve(`PROXY 127.0.0.1:${proxy.port}`))).rejects.toThrow(
      'server.unreachable',
    );
  });

  it('is reached by the proxy of the environment first', async () => {
    const proxy = await proxyTo(await serve());
    process.env['HTTPS_PROXY'] = `http://127.0.0.1:${proxy.port}`;
    await expect(ask(() => Promise.resolve('DIRECT'))).resolves.toMatchObject({ api: 1 });
    expect(proxy.asked).toEqual([`${name}:443`]);
  });

  it('is reached without a proxy on this computer', async () => {
    const findProxy = () => Promise.reject(new Error('must not be asked'));
    const port = await serve();
    await expect(ask(findProxy, `https://127.0.0.1:${port}`)).rejects.toThrow('server.certificate-name');
  });
});

/** Serves one connection by SOCKS5 without authentication; every name leads to the local port. */
function tunnelSocks5(socket: Socket, port: number, asked: string[]): void {
  socket.once('data', () => {
    socket.write(Buffer.from([5, 0]));
    socket.once('data', (request: Buffer) => {
      asked.push(request.subarray(5, 5 + (request[4] ?? 0)).toString());
      const target = net.connect(port, '127.0.0.1', () => {
        socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]));
        target.pipe(socket).pipe(target);
      });
    });
  });
}
