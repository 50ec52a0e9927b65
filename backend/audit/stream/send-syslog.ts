import type { SyslogSettings } from '../../../shared/api/audit-stream.ts';
import { DeadlineError } from '../../outbound/deadline.ts';
import { openConnection } from '../../outbound/open-connection.ts';
import type { ReadTrust } from '../../outbound/trust.ts';
import { timeoutMs, type Send } from './sender.ts';
import { checkpointMessage, counted, syslogMessage } from './syslog-message.ts';

/**
 * Milliseconds that a connection stays open after everything was sent, before our end of stream. A receiver that refuses this server's certificate (which
 * TLS 1.3 says only after the handshake), or that drops the connection, closes within that time.
 */
const settleMs = 250;

/**
 * Sends each batch over a connection of its own. Syslog has no acknowledgement; the closest is that the receiver stays until our end of stream and then
 * closes its side. Only then does the batch count as sent; otherwise all of it is sent again.
 */
export function createSyslogSender(settings: SyslogSettings, trust: ReadTrust, version: string): Send {
  const { tls, format } = settings;
  return async ({ events, checkpoint }, signal) => {
    const socket = openConnection(settings, await trust());
    await new Promise<void>((resolve, reject) => {
      let finished = false;
      let hasReceiverEnded = false;
      const fail = (thrown: unknown) => {
        socket.destroy();
        reject(thrown instanceof Error ? thrown : new Error('The connection was aborted.'));
      };
      const deadline = setTimeout(() => fail(new DeadlineError(timeoutMs)), timeoutMs);
      const stop = () => fail(new Error('The backend is stopping.'));
      signal.addEventListener('abort', stop, { once: true });
      let settling: NodeJS.Timeout | undefined;
      const endStream = () => {
        if (hasReceiverEnded) fail(new Error('The receiver closed before it had read everything.'));
        else
          socket.end(() => {
            finished = true;
          });
      };
      socket.once(tls ? 'secureConnect' : 'connect', () => {
        const messages = [
          ...events.map((event) => syslogMessage(event, format, version)),
          ...(checkpoint === null ? [] : [checkpointMessage(checkpoint)]),
        ];
        socket.write(Buffer.concat(messages.map(counted)), () => {
          settling = setTimeout(endStream, settleMs);
        });
      });
      // Discards what the receiver sends, so that its end of stream arrives.
      socket.resume();
      socket.once('end', () => {
        hasReceiverEnded = true;
      });
      socket.once('error', fail);
      socket.once('close', () => {
        clearTimeout(deadline);
        clearTimeout(settling);
        signal.removeEventListener('abort', stop);
        if (finished && hasReceiverEnded) resolve();
        else reject(new Error('The receiver closed before it had read everything.'));
      });
      if (signal.aborted) stop();
    });
  };
}
