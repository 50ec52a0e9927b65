import { certificateFailure } from '../../outbound/connection-failure.ts';
import { withDeadline } from '../../outbound/deadline.ts';
import { DirectoryFault } from '../external/directory-fault.ts';

/** An LDAP server's error result. `text` comes from the server and is never shown: only codes are taken from it. */
export class LdapResult extends Error {
  readonly code: number;
  readonly text: string;

  constructor(code: number, text: string) {
    super(`LDAP result ${code}`);
    this.name = 'LdapResult';
    this.code = code;
    this.text = text;
  }
}

/** Results of a server that did nothing because it is overloaded (51, busy) or stopping (52, unavailable). Another server may succeed. */
const notNow = new Set([51, 52]);

/** Loaded with the first connection, to keep the start of the backend fast. */
export const ldapLibrary = () => import('ldapts');

/** The fault of a connection that could not be made. */
export function connectFault(thrown: unknown, server: string): DirectoryFault {
  if (thrown instanceof DirectoryFault) return thrown;
  if (thrown instanceof Error && thrown.name === 'DeadlineError')
    return new DirectoryFault('timeout', { server });
  const certificate = certificateFailure(thrown);
  return new DirectoryFault(certificate === null ? 'unreachable' : `certificate-${certificate}`, { server });
}

/** The connection over which requests are sent. */
interface Line {
  /** As `host:port`. */
  readonly server: string;
  readonly isOpen: boolean;
  close(): void;
}

/** Sends one request with a time limit; throws {@link LdapResult}, or the connection's fault. */
export async function sendWithin<T>(
  milliseconds: number,
  line: Line,
  send: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const { server } = line;
  const { ResultCodeError } = await ldapLibrary();
  if (!line.isOpen) throw new DirectoryFault('unreachable', { server });
  return withDeadline(milliseconds, signal, async (deadline) => {
    let stop = () => undefined as void;
    const ended = new Promise<never>((_resolve, reject) => {
      stop = () => {
        line.close();
        reject(deadline.reason as Error);
      };
    });
    deadline.addEventListener('abort', stop);
    if (deadline.aborted) stop();
    try {
      return await Promise.race([send(), ended]);
    } catch (thrown) {
      if (!(thrown instanceof ResultCodeError)) throw thrown;
      if (notNow.has(thrown.code))
        throw new DirectoryFault('unreachable', { server, serverCode: String(thrown.code) });
      throw new LdapResult(thrown.code, thrown.message);
    } finally {
      deadline.removeEventListener('abort', stop);
    }
  });
}

/** Sends a read. A read can be repeated, so a lost answer is an ordinary connection fault. */
export async function sendRead<T>(
  milliseconds: number,
  line: Line,
  send: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  try {
    return await sendWithin(milliseconds, line, send, signal);
  } catch (thrown) {
    if (thrown instanceof LdapResult) throw thrown;
    if (signal?.aborted === true) throw thrown;
    line.close();
    throw connectFault(thrown, line.server);
  }
}

/** Sends a write. Throws `outcome-unknown` if the answer was lost, because the write may have succeeded. */
export async function sendWrite<T>(milliseconds: number, line: Line, send: () => Promise<T>): Promise<T> {
  const { server } = line;
  if (!line.isOpen) throw new DirectoryFault('unreachable', { server });
  try {
    return await sendWithin(milliseconds, line, send);
  } catch (thrown) {
    if (thrown instanceof LdapResult || thrown instanceof DirectoryFault) throw thrown;
    line.close();
    throw new DirectoryFault('outcome-unknown', { server });
  }
}
