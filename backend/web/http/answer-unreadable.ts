import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { Refusal } from '../../refusal.ts';
import { problemOf } from './problem.ts';

const details: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: 'The address and the headers of the request are longer than 16 kB.',
  ERR_HTTP_REQUEST_TIMEOUT: 'The request did not arrive in time.',
};

/** Answers with problem details what Node cannot read as a request, and closes the connection. */
export function answerUnreadable({ code = '' }: NodeJS.ErrnoException, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const refusal = new Refusal('request.invalid', {
    detail: details[code] ?? 'The request is not valid HTTP.',
  });
  const body = JSON.stringify(problemOf(refusal, randomUUID().slice(0, 8)));
  socket.end(
    [
      'HTTP/1.1 400 Bad Request',
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Cache-Control: no-store',
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
