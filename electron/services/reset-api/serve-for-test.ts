import http, { type RequestListener } from 'node:http';
import { type AddressInfo, type Server } from 'node:net';
import { afterEach } from 'vitest';
import { endpoints } from '../../../shared/api/endpoints.ts';
import type { Log } from '../../log/log.ts';
import { loadHttp } from './load-http.ts';
import { setTimer as setRealTimer } from '../timers/timers.ts';
import { createResetApi } from './reset-api.ts';

export const lines: string[] = [];
export const log: Log = {
  info: (message, facts) => lines.push(message + JSON.stringify(facts)),
  warn: (message, facts) => lines.push(message + JSON.stringify(facts)),
  unexpected: (message, thrown) => {
    lines.push(message + String(thrown));
    return 'REF1-REF2';
  },
};
export const about = {
  product: 'Reset Desk',
  version: '0.1.0',
  api: 1,
  mode: 'server',
  setup: 'ready',
  publicUrl: 'https://desk.example.com',
  provider: null,
  time: '2026-03-01T08:00:00.000Z',
};

/** The servers of the running test. */
export const servers: Server[] = [];

/** Ends the servers of each test, and forgets what it logged. Called by each test file: a hook of this module would be that of the first file alone. */
export const endServersAfterEach = (): void => {
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
    lines.length = 0;
  });
};

/** Starts the server on a free port of this computer, until the test ends. */
export async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
export const serve = async (listener: RequestListener) =>
  `http://127.0.0.1:${await listen(http.createServer(listener))}`;
export const json =
  (body: unknown, status = 200, type = 'application/json'): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'Content-Type': type }).end(JSON.stringify(body));
  };
export const api = (trust: Parameters<typeof loadHttp>[0] = () => undefined, setTimer = setRealTimer) =>
  createResetApi({ loadHttp: () => loadHttp(trust), userAgent: 'Reset Desk/test', log, setTimer });
export const ask = (base: string, timeout = 5000) => api().call(base, endpoints.getAbout, {}, { timeout });
