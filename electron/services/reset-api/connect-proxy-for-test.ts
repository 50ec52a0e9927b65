import { once } from 'node:events';
import http from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** An organisation's proxy: it tunnels, and records the server names that clients asked for. */
export interface ConnectProxy {
  readonly port: number;
  /** As `host:port`, in the order in which they were asked for. */
  readonly asked: readonly string[];
  readonly stop: () => Promise<void>;
}

/** Starts a proxy on a free port of this computer. `to`: the local port that a server's name stands for; others are refused with 403. */
export async function startConnectProxy(
  to: (server: string) => number | undefined = () => undefined,
): Promise<ConnectProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = http.createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(403).end();
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  server.on('connect', (request, socket) => {
    const name = request.url ?? '';
    asked.push(name);
    const port = to(name);
    if (port === undefined) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const target = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.pipe(socket).pipe(target);
    });
    target.on('error', () => socket.destroy());
    socket.on('error', () => target.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    stop: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
