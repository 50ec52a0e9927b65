import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { listenAhead } from './waiting-server.ts';

const start = async () => {
  const ahead = await listenAhead('127.0.0.1', 0);
  const ask = async (path: string) => (await fetch(`http://127.0.0.1:${ahead.port}${path}`)).text();
  return { ahead, ask };
};

describe('a server that listens ahead', () => {
  it('has Fastify answer the requests that came before it, and later ones', async () => {
    const { ahead, ask } = await start();
    let isAnswered = false;
    const early = ask('/early').finally(() => {
      isAnswered = true;
    });
    const fastify = Fastify({ serverFactory: ahead.serverFactory });
    fastify.get('/:name', ({ params }) => (params as { readonly name: string }).name);
    await fastify.ready();
    await expect.poll(() => fastify.server.listenerCount('request')).toBe(1);
    expect(isAnswered).toBe(false);
    ahead.release();
    expect(await early).toBe('early');
    expect(await ask('/late')).toBe('late');
    expect(fastify.server.keepAliveTimeout).toBe(72_000);
    ahead.abandon();
    await fastify.close();
  });

  it('ends the requests that wait when it is abandoned, and frees its port', async () => {
    const { ahead, ask } = await start();
    const early = ask('/early');
    // Once another connection is accepted, the first one is as well.
    await expect(Promise.race([early, listenAhead('127.0.0.1', ahead.port)])).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    ahead.abandon();
    await expect(early).rejects.toThrow('fetch failed');
    const again = await listenAhead('127.0.0.1', ahead.port);
    expect(again.port).toBe(ahead.port);
    again.abandon();
  });
});
