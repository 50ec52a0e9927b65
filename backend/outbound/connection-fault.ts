import { connect } from 'node:net';

/** Milliseconds for a server to accept a connection. */
const connectMs = 5000;

/** Why a server accepts no connection, such as `ECONNREFUSED`; null if it accepts one. The connection is closed at once. */
export function connectionFault(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: connectMs });
    const settle = (fault: string | null) => {
      socket.destroy();
      resolve(fault);
    };
    socket.once('connect', () => settle(null));
    socket.once('timeout', () => settle(`no answer in ${connectMs / 1000} seconds`));
    socket.once('error', (thrown) => settle('code' in thrown ? String(thrown.code) : thrown.message));
  });
}
