import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { connectionFailure } from './connection-failure.ts';
import { createHttpClient } from './http-client.ts';
import { outboundForTest } from './outbound-for-test.ts';
import { isReachableAddress } from './reachable-address.ts';
import { systemTrust } from './trust.ts';

const { http } = outboundForTest();
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Starts a server that runs the test's function on each connection. */
async function startServer(onConnection: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Writes the piece again and again until the other side closes the connection. */
function writeForEver(socket: Socket, piece: string, first = '') {
  socket.write(first);
  const write = () => {
    while (!socket.destroyed && socket.write(piece));
  };
  socket.on('drain', write);
  write();
}

const drip = (socket: Socket, piece: string, first: string) => {
  socket.write(first);
  const timer = setInterval(() => socket.write(piece), 20);
  socket.on('close', () => clearInterval(timer));
};
const limits = { method: 'GET', timeoutMs: 400, maxBytes: 1000 } as const;
const head = 'HTTP/1.1 200 OK\r\n';

describe('a request to another server', () => {
  it.each<[string, (socket: Socket) => void, RegExp]>([
    ['does not answer', () => undefined, /in time|within/],
    ['sends its headers a byte at a time', (socket) => drip(socket, 'a', `${head}X-A: `), /within|in time/],
    [
      'sends its body a byte at a time',
      (socket) => drip(socket, 'a', `${head}Content-Length: 100000\r\n\r\n`),
      /within|middle/,
    ],
    [
      'stops in the middle of its body',
      (socket) => socket.write(`${head}Content-Length: 100\r\n\r\nabc`),
      /middle|within/,
    ],
    [
      'answers a body without end',
      (socket) => writeForEver(socket, 'a'.repeat(65_536), `${head}\r\n`),
      /more than is allowed/,
    ],
    [
      'answers headers without end',
      (socket) => writeForEver(socket, `X-A: ${'a'.repeat(9000)}\r\n`, head),
      /more than is allowed/,
    ],
    [
      'speaks something else',
      (socket) => socket.write('220 mail.example.com ESMTP\r\n'),
      /does not use HTTP/,
    ],
    ['closes at once', (socket) => socket.destroy(), /closed the connection/],
  ])('ends in words when the server %s', async (_what, onConnection, words) => {
    const address = await startServer(onConnection);
    const failure = await http.request(address, limits).then(
      () => 'answered',
      (thrown: unknown) => connectionFailure(thrown) ?? `no words: ${String(thrown)}`,
    );
    expect(failure).toMatch(words);
  });

  it('fails with a reason when the server cannot be reached', async () => {
    const refused = await http.request('http://127.0.0.1:1/', limits).catch(connectionFailure);
    expect(refused).toBe('No server answers at this host and port.');
    expect(connectionFailure(Object.assign(new Error('x'), { code: 'ENOTFOUND' }))).toContain('unknown');
  });

  it('follows no redirect', async () => {
    const address = await startServer((socket) =>
      socket.end('HTTP/1.1 307 Elsewhere\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n'),
    );
    expect(await http.request(address, limits)).toMatchObject({ status: 307 });
    expect((await http.fetch(address, {}, limits)).status).toBe(307);
  });

  it('uses the status of an answer whose body of any length cannot be read', async () => {
    const address = await startServer((socket) => writeForEver(socket, 'a'.repeat(65_536), `${head}\r\n`));
    expect(await http.request(address, { ...limits, statusOnly: true })).toMatchObject({ status: 200 });
  });

  it('ends with the caller’s signal', async () => {
    const address = await startServer(() => undefined);
    const caller = new AbortController();
    const answer = http.request(address, { ...limits, timeoutMs: 60_000, signal: caller.signal });
    caller.abort(new Error('The backend is stopping.'));
    await expect(answer).rejects.toThrow('The backend is stopping.');
  });

  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://0.0.0.0:1/',
    'http://[fe80::1]/',
    'http://[::]/',
    'http://[::ffff:169.254.169.254]/',
    'http://2852039166/',
    'http://224.0.0.1/',
  ])('never goes to %s', async (address) => {
    await expect(http.request(address, limits)).rejects.toMatchObject({ name: 'RefusedAddressError' });
  });

  it('goes to private addresses, where a company’s servers are', () => {
    expect(['10.0.0.5', '192.168.1.9', '127.0.0.1', '::1', 'fd00::1'].map(isReachableAddress)).toEqual(
      Array.from({ length: 5 }, () => true),
    );
  });
});

describe('a client that keeps connections open', () => {
  const answer = `${head}Content-Length: 2\r\n\r\nok`;
  const requests = 6;
  it.each([
    // The library may open a second one while the first still ends its exchange.
    ['at most twice for requests in a row', { keepsOpen: true, serverEnds: false }, 2],
    ['again once the server has ended the connection', { keepsOpen: true, serverEnds: true }, requests],
    ['for each request without that option', { keepsOpen: false, serverEnds: false }, requests],
  ])('connects %s', async (_how, { keepsOpen, serverEnds }, most) => {
    let count = 0;
    const url = await startServer((socket) => {
      count += 1;
      socket.on('data', () => (serverEnds ? socket.end(answer) : socket.write(answer)));
    });
    const client = createHttpClient(async () => systemTrust, { keepsOpen });
    for (let at = 0; at < requests; at += 1)
      expect((await client.request(url, limits)).body.toString()).toBe('ok');
    expect(count).toBeLessThanOrEqual(most);
    expect(count).toBeGreaterThan(most / 4);
    client.close();
  });

  it.each([
    ['repeats a read', 'GET', 3],
    ['does not repeat a write', 'PATCH', 2],
  ] as const)('%s when the server ends the connection under it', async (_what, method, sent) => {
    let count = 0;
    const url = await startServer((socket) => {
      socket.on('data', () => {
        count += 1;
        if (count === 2) socket.resetAndDestroy();
        else socket.write(answer);
      });
    });
    const client = createHttpClient(async () => systemTrust, { keepsOpen: true });
    await client.request(url, { ...limits, method: 'GET' });
    const second = client.request(url, { ...limits, method }).then(
      () => 'answered',
      () => 'failed',
    );
    expect(await second).toBe(method === 'GET' ? 'answered' : 'failed');
    expect(count).toBe(sent);
    client.close();
  });
});
