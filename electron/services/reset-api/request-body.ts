import { finished, Transform, type Readable } from 'node:stream';
import { ConsoleFailure } from '../../failure/console-failure.ts';
import type { Deadline } from './deadline.ts';
import type { CallOptions } from './http-request.ts';

interface RequestBody {
  readonly content: Readable | Buffer | undefined;
  /** Why the body could not be read to its end, such as a file on a drive that was removed; null if it could. */
  readonly fault: () => ConsoleFailure | null;
  /** Closes what the request did not read. */
  readonly end: () => void;
}

/**
 * The streamed body of a call. Each part that the connection takes restarts the deadline. A body that breaks off, or is shorter than was
 * announced, ends the request with `file.unreadable`: the server would wait for the rest without end.
 */
export function requestBody({ bytes, upload }: CallOptions, deadline: Deadline): RequestBody {
  const source = bytes?.content;
  if (bytes === undefined || source === undefined || Buffer.isBuffer(source))
    return { content: source, fault: () => null, end: () => undefined };
  let fault: ConsoleFailure | null = null;
  let sent = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (upload) deadline.restart(upload.idleMs);
      sent += chunk.length;
      done(null, chunk);
    },
    flush(done) {
      if (sent < bytes.length)
        fault = new ConsoleFailure('file.unreadable', { detail: 'shorter than before' });
      else if (upload) deadline.restart(upload.answerMs);
      done(fault);
    },
  });
  finished(source, (thrown) => {
    if (!thrown || counted.destroyed) return;
    fault = new ConsoleFailure('file.unreadable', {
      ...('code' in thrown && { detail: String(thrown.code) }),
    });
    counted.destroy(fault);
  });
  return {
    content: source.pipe(counted),
    fault: () => fault,
    end: () => {
      source.destroy();
      counted.destroy();
    },
  };
}
