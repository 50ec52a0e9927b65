import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../../refusal.ts';

async function* counted(body: Readable, maxBytes: number): AsyncGenerator<Buffer> {
  let count = 0;
  // A refusal must not destroy the request, because its connection carries the answer.
  for await (const chunk of body.iterator({ destroyOnReturn: false })) {
    const bytes = chunk as Buffer;
    count += bytes.length;
    if (count > maxBytes) throw new Refusal('request.too-large');
    yield bytes;
  }
}

/**
 * The body of a request as a stream of at most `maxBytes`. Fastify's `bodyLimit` does not apply to bodies that no parser collects. Throws
 * `request.too-large`, at once if the client announces more, and `request.invalid` for a request without a stream.
 */
export function limitedBody({ body, headers }: FastifyRequest, maxBytes: number): Readable {
  if (!(body instanceof Readable))
    throw new Refusal('request.invalid', {
      detail: 'Send the file as the request body (application/octet-stream).',
    });
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw new Refusal('request.too-large');
  return Readable.from(counted(body, maxBytes), { objectMode: false });
}
