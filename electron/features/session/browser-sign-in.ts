import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { finishProviderSignIn, startProviderSignIn } from '../../../shared/api/provider.ts';
import type { NextStep, SessionTokens } from '../../../shared/api/session.ts';
import { ConsoleFailure } from '../../failure/console-failure.ts';
import type { ResetApi } from '../../services/reset-api/reset-api.ts';
import { isLoopback } from '../../services/reset-api/server-address.ts';

/** Milliseconds that a person may take in the browser. */
const timeoutMs = 5 * 60_000;

interface BrowserSignInRequest {
  readonly baseUrl: string;
  /** The session that is to be proved again; none for a sign-in. */
  readonly refreshToken?: string;
}

export interface BrowserSignIn {
  readonly run: (asked: BrowserSignInRequest) => Promise<SessionTokens | NextStep>;
  /** Gives up waiting for the browser. */
  readonly cancel: () => void;
}

/** SECURITY: docs/security.md, 15. What is opened comes from the server: a web address, encrypted unless on this computer. */
function assertWebAddress(text: string): void {
  const url = URL.parse(text);
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  if (!safe || url.username !== '') throw new ConsoleFailure('server.answer-invalid');
}

const constantTimeEqual = (a: string, b: string): boolean => {
  const [x, y] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return x !== undefined && y !== undefined && timingSafeEqual(x, y);
};

const page = (title: string, text: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui;display:grid;place-items:center;min-height:90vh}</style><main><h1>${title}</h1><p>${text}</p></main></html>`;

/**
 * Signs in with the identity provider in the system's browser (RFC 8252): listens once on loopback, opens the browser, and hands what
 * it brings back to the backend with the verifier that never left this process.
 */
export function createBrowserSignIn({
  api,
  openExternal,
  client,
  setTimer,
}: {
  readonly api: ResetApi;
  readonly openExternal: (url: string) => Promise<void>;
  readonly client: string;
  readonly setTimer: (milliseconds: number, work: () => void) => () => void;
}): BrowserSignIn {
  let giveUp: (code: 'provider.cancelled' | 'provider.timeout') => void = () => undefined;

  return {
    async run({ baseUrl, refreshToken }) {
      giveUp('provider.cancelled');
      const server = createServer();
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const redirectUri = `http://127.0.0.1:${port}/callback`;
      const verifier = randomBytes(32).toString('base64url');
      let stopWaiting: () => void = () => undefined;
      let state: string | null = null;
      const back = new Promise<string>((resolve, reject) => {
        giveUp = (code) => {
          reject(new ConsoleFailure(code));
        };
        stopWaiting = setTimer(timeoutMs, () => {
          giveUp('provider.timeout');
        });
        server.on('request', (request, response) => {
          const url = new URL(request.url ?? '/', redirectUri);
          const given = url.searchParams.get('state');
          // Anything on this computer can call: only who knows the state is the browser that was sent.
          const ours =
            request.method === 'GET' &&
            url.pathname === '/callback' &&
            request.headers.host === `127.0.0.1:${port}` &&
            given !== null &&
            state !== null &&
            constantTimeEqual(given, state);
          response.writeHead(ours ? 200 : 404, {
            'Content-Type': 'text/html; charset=utf-8',
            'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
            'Cache-Control': 'no-store',
            'Referrer-Policy': 'no-referrer',
            Connection: 'close',
          });
          response.end(
            ours
              ? page('Go back to Reset Desk', 'You can close this window.')
              : page('Nothing here', 'Start the sign-in in Reset Desk again.'),
          );
          if (ours) resolve(url.search.slice(1));
        });
      });
      // Whoever gives up before it is awaited below must not become an unhandled rejection.
      back.catch(() => undefined);
      try {
        const started = await api.call(baseUrl, startProviderSignIn, {
          body: {
            redirectUri,
            codeChallenge: createHash('sha256').update(verifier).digest('base64url'),
            again: refreshToken !== undefined,
          },
        });
        state = started.state;
        assertWebAddress(started.url);
        await openExternal(started.url);
        const query = await back;
        return await api.call(baseUrl, finishProviderSignIn, {
          body: {
            ticket: started.ticket,
            query,
            verifier,
            client,
            ...(refreshToken !== undefined && { refreshToken }),
          },
        });
      } finally {
        stopWaiting();
        giveUp = () => undefined;
        server.close();
        server.closeIdleConnections();
      }
    },
    cancel: () => {
      giveUp('provider.cancelled');
    },
  };
}
