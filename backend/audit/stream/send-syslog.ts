import type { SyslogSettings } from '../../../shared/api/audit-stream.ts';
import { DeadlineError } from '../../outbound/deadline.ts';
import { openConnection } from '../../outbound/open-connection.ts';
import type { ReadTrust } from '../../outbound/trust.ts';
import { timeoutMs, type Send } from './sender.ts';
import { checkpointMessage, counted, syslogMessage } from './syslog-message.ts';

/**
 * Sends each batch over a connection of its own. Syslog has no acknowledgement; the closest is that the receiver closes its side after reading our end of
 * stream. Only then does the batch count as sent; otherwise all of it is sent again.
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
      socket.once(tls ? 'secureConnect' : 'connect', () => {
        for (const event of events) socket.write(counted(syslogMessage(event, format, version)));
        if (checkpoint !== null) socket.write(counted(checkpointMessage(checkpoint)));
        socket.end(() => {
          finished = true;
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
        signal.removeEventListener('abort', stop);
        if (finished && hasReceiverEnded) resolve();
        else reject(new Error('The receiver closed before it had read everything.'));
      });
      if (signal.aborted) stop();
    });
  };
}
