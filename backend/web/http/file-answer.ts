import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Endpoint } from '../../../shared/api/endpoint.ts';
import type { FileAnswer } from '../../audit/export/file-answer.ts';

/** Bytes that are gathered before they are sent: a line of its own is a packet of its own otherwise. */
const chunk = 64 * 1024;

async function* gathered(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let text = '';
  for await (const line of lines) {
    text += line;
    if (text.length < chunk) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}

/** Sends a file to be kept, never to be shown. */
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
        : Readable.from(gathered(content), { objectMode: false }),
    );
}
