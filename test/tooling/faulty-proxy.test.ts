import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startFaultyProxy, type FaultyProxy } from '../fixtures/faulty-proxy.ts';

/** A message of LDAP with this identifier: an operation whose contents are these letters. */
const message = (id: number, tag: number, text = '') =>
  Buffer.from([0x30, 5 + text.length, 0x02, 1, id, tag, text.length, ...Buffer.from(text)]);
const search = { tag: 0x63, done: 0x65 };
const modify = { tag: 0x66, done: 0x67 };

async function startLine() {
  const server = createServer((socket) => socket.on('error', () => undefined));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const proxy = await startFaultyProxy((server.address() as AddressInfo).port);
  const client = connect(proxy.port, '127.0.0.1').on('error', () => undefined);
  const [directory] = (await once(server, 'connection')) as [Socket];
  const received = (socket: Socket) => once(socket, 'data') as Promise<[Buffer]>;
  return {
    proxy,
    client,
    directory,
    received,
    [Symbol.asyncDispose]: async () => {
      await proxy.stop();
      server.close();
    },
  };
}

describe('a connection that has a search under way when a password is written', () => {
  it.for<[string, (proxy: FaultyProxy) => Promise<void>]>([
    ['keeps the answer to the write', (proxy) => proxy.keepAnswer('userPassword')],
    ['loses the answer to the write', (proxy) => proxy.loseAnswer('userPassword')],
    ['ends after the answer to the write', (proxy) => proxy.endAfterAnswer('userPassword')],
    ['delays the answer to the write', (proxy) => proxy.lateAnswer('userPassword', 1)],
  ])('%s, not that to the search', async ([, fault]) => {
    await using line = await startLine();
    const asked = line.received(line.directory);
    line.client.write(message(7, search.tag, 'changes'));
    await asked;
    let isAnswered = false;
    const answered = fault(line.proxy).then(() => (isAnswered = true));
    const written = line.received(line.directory);
    line.client.write(message(8, modify.tag, 'userPassword'));
    await written;

    line.directory.write(message(7, search.done));
    // What a second connection carries shows that the proxy has had the first one's bytes.
    const beside = connect(line.proxy.port, '127.0.0.1');
    await once(beside, 'connect');
    beside.destroy();
    expect(isAnswered).toBe(false);
    line.directory.write(message(8, modify.done));
    await answered;
  });
});
