import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';

/** Milliseconds, as Fastify sets them for a server of its own. */
interface Timeouts {
  readonly keepAliveTimeout?: number;
  readonly requestTimeout?: number;
  readonly connectionTimeout?: number;
}

/** A server that listens before there is anything to answer its requests, which wait. */
export interface WaitingServer {
  readonly port: number;
  /** Fastify's option: gives it this server, without the requests that wait. */
  readonly serverFactory: (answer: RequestListener, timeouts: Timeouts) => Server;
  /** Has Fastify answer the requests that wait, and all later ones. */
  readonly release: () => void;
  /** Ends the requests that wait, and frees the port. */
  readonly abandon: () => void;
}

function waitingServerOf(server: Server, port: number): WaitingServer {
  const waiting: [IncomingMessage, ServerResponse][] = [];
  const wait: RequestListener = (request, response) => void waiting.push([request, response]);
  let answer = wait;
  server.on('request', wait);
  return {
    port,
    serverFactory: (listener, { keepAliveTimeout = 0, requestTimeout = 0, connectionTimeout = 0 }) => {
      answer = listener;
      Object.assign(server, { keepAliveTimeout, requestTimeout });
      return server.setTimeout(connectionTimeout);
    },
    release: () => {
      server.off('request', wait).on('request', answer);
      for (const [request, response] of waiting.splice(0)) if (!request.destroyed) answer(request, response);
    },
    abandon: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Takes a port; 0 for any free one. Rejects if that is not possible. */
export function listenAhead(host: string, port: number): Promise<WaitingServer> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(waitingServerOf(server, typeof address === 'object' && address ? address.port : port));
    });
  });
}
