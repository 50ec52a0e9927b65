import { request as sendRequest, type ClientRequest } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { limitedBody } from './limited-body.ts';
import { refusalOf } from './problem.ts';

const maxBytes = 1000;

describe('a request body with a limit', () => {
  let server: FastifyInstance;
  let read = 0;
  beforeEach(async () => {
    read = 0;
    server = Fastify({ forceCloseConnections: true });
    server.removeAllContentTypeParsers();
    server.addContentTypeParser('*', (_request, payload, parsed) => {
      parsed(null, payload);
    });
    server.setErrorHandler((thrown, _request, reply) =>
      reply.code(refusalOf(thrown)?.code === 'request.too-large' ? 413 : 500).send(),
    );
    server.post('/', async (request) => {
      for await (const chunk of limitedBody(request, maxBytes)) read += (chunk as Buffer).length;
      return 'read';
    });
    await server.listen({ port: 0, host: '127.0.0.1' });
  });
  afterEach(() => server.close());

  const begin = (headers: Record<string, string> = {}): ClientRequest => {
    const { port } = server.server.address() as AddressInfo;
    return sendRequest({
      port,
      host: '127.0.0.1',
      method: 'POST',
      headers: { 'content-type': 'text/csv', ...headers },
    });
  };
  const statusOf = async (sent: ClientRequest): Promise<number> => {
    const [response] = (await once(sent, 'response')) as [{ statusCode: number }];
    sent.destroy();
    return response.statusCode;
  };

  it('is read up to the limit', async () => {
    const sent = begin();
    sent.end(Buffer.alloc(maxBytes));
    expect(await statusOf(sent)).toBe(200);
    expect(read).toBe(maxBytes);
  });

  it('is refused before any byte of it is read if it announces more', async () => {
    const sent = begin({ 'content-length': String(maxBytes + 1) });
    sent.write('first');
    expect(await statusOf(sent)).toBe(413);
    expect(read).toBe(0);
  });

  it('is refused at the limit if it announces no length, and the client still gets the answer', async () => {
    const sent = begin();
    sent.write(Buffer.alloc(maxBytes));
    sent.write(Buffer.alloc(1));
    expect(await statusOf(sent)).toBe(413);
    expect(read).toBeLessThanOrEqual(maxBytes);
  });
});
