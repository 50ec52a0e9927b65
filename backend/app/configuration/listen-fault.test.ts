import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { listenFault } from './listen-fault.ts';

it.each([
  ['198.51.100.7', 'EADDRNOTAVAIL', 'RESET_DESK_HOST: this computer does not have the address 198.51.100.7'],
])('an address of another computer is explained: %s', async (host, code, text) => {
  const thrown = await new Promise((resolve) => createServer().on('error', resolve).listen(0, host));
  expect(listenFault(thrown, host, 0)).toMatchObject({
    code,
    message: expect.stringContaining(text) as string,
  });
});

it('a port that another program uses is named, with the code by which a console chooses another one', async () => {
  const other = createServer();
  const port = await new Promise<number>((resolve) =>
    other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port)),
  );
  const thrown = await new Promise((resolve) =>
    createServer().on('error', resolve).listen(port, '127.0.0.1'),
  );
  other.close();
  expect(listenFault(thrown, '127.0.0.1', port)).toMatchObject({
    code: 'EADDRINUSE',
    message: `RESET_DESK_PORT: another program listens on port ${port}. Stop it, or choose another port.`,
  });
});

it('another failure stays as it is', () => {
  const thrown = new Error('unknown');
  expect(listenFault(thrown, '127.0.0.1', 1)).toBe(thrown);
});
