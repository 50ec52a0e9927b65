import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Endpoint } from '../../../shared/api/endpoint.ts';
import type { FileAnswer } from '../../audit/export/file-answer.ts';

/** Lines are sent in chunks of at least this many characters, because otherwise each line becomes a packet. */
const chunkLength = 64 * 1024;

async function* inChunks(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let text = '';
  for await (const line of lines) {
    text += line;
    if (text.length < chunkLength) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}

/** Answers with a file as a download that must not be cached. Throws if the endpoint does not declare its type. */
export function sendFile(
  reply: FastifyReply,
  { file = [], id }: Endpoint,
  { name, type, content }: FileAnswer,
): FastifyReply {
  if (!file.includes(type)) throw new Error(`${id} answers with a type of file that it does not declare`);
  return reply
    .header('Cache-Control', 'no-store')
    .header('Content-Disposition', `attachment; filename="${name}"`)
    .type(type)
    .send(
      content instanceof Uint8Array
        ? Buffer.from(content)
        : Readable.from(inChunks(content), { objectMode: false }),
    );
}
