import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { finishProviderSignIn, startProviderSignIn } from '../../../shared/api/provider.ts';
import type { NextStep, SessionTokens } from '../../../shared/api/session.ts';
import { ConsoleFailure } from '../../failure/console-failure.ts';
import type { ResetApi } from '../../services/reset-api/reset-api.ts';
import { isLoopback } from '../../services/reset-api/server-address.ts';
import type { SetTimer } from '../../services/timers/timers.ts';

/** Milliseconds that an operator may take in the browser. */
const timeoutMs = 5 * 60_000;

interface BrowserSignInRequest {
  readonly baseUrl: string;
  /** The session to reauthenticate; absent for a sign-in. */
  readonly refreshToken?: string;
}

export interface BrowserSignIn {
  /** Throws `provider.cancelled`, `provider.timeout`, or what the server refuses. */
  readonly run: (request: BrowserSignInRequest) => Promise<SessionTokens | NextStep>;
  /** Stops waiting for the browser. */
  readonly cancel: () => void;
}

/** SECURITY: docs/security.md, 15. The address to open comes from the server: only a web address, encrypted unless it is this computer's. */
function assertWebAddress(text: string): void {
  const url = URL.parse(text);
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  if (!isSafe || url.username !== '') throw new ConsoleFailure('server.answer-invalid');
}

const constantTimeEqual = (a: string, b: string): boolean => {
  const [x, y] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return x !== undefined && y !== undefined && timingSafeEqual(x, y);
};

const page = (title: string, text: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui;display:grid;place-items:center;min-height:90vh}</style><main><h1>${title}</h1><p>${text}</p></main></html>`;

interface CallbackServer {
  readonly redirectUri: string;
  /** The query string of the callback. */
  readonly query: Promise<string>;
  /** From now on, the request that carries this state is the callback. */
  readonly expectState: (state: string) => void;
  readonly close: () => void;
}

/** Listens on a loopback port for the browser's return. Every other request is answered 404. */
async function listenForCallback(): Promise<CallbackServer> {
  let expectedState: string | null = null;
  let onCallback: (query: string) => void = () => undefined;
  const query = new Promise<string>((resolve) => {
    onCallback = resolve;
  });
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const redirectUri = `http://127.0.0.1:${port}/callback`;
  const answer: RequestListener = (request, response) => {
    // A request target can be anything, such as `//` or `http://[`. An exception in a listener would end the process.
    const url = URL.parse(request.url ?? '/', redirectUri);
    const state = url?.searchParams.get('state') ?? null;
    // Any program on this computer can send a request. Only the browser that was opened knows the state.
    const isCallback =
      request.method === 'GET' &&
      url?.pathname === '/callback' &&
      request.headers.host === `127.0.0.1:${port}` &&
      state !== null &&
      expectedState !== null &&
      constantTimeEqual(state, expectedState);
    response.writeHead(isCallback ? 200 : 404, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      Connection: 'close',
    });
    response.end(
      isCallback
        ? page('Go back to Reset Desk', 'You can close this window.')
        : page('Page not found', 'Start the sign-in again in Reset Desk.'),
    );
    if (isCallback) onCallback(url.search.slice(1));
  };
  server.on('request', (request, response) => {
    try {
      answer(request, response);
    } catch {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    }
  });
  // A connection that cannot be accepted, for lack of file descriptors for example, is the browser's to repeat.
  server.on('error', () => undefined);
  return {
    redirectUri,
    query,
    expectState: (state) => {
      expectedState = state;
    },
    close: () => {
      server.close();
      server.closeIdleConnections();
    },
  };
}

/**
 * Signs in with the identity provider in the system's browser (RFC 8252): listens on loopback, opens the browser, and sends the callback's
 * query to the backend together with the PKCE verifier, which never leaves this process otherwise.
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
  readonly setTimer: SetTimer;
}): BrowserSignIn {
  let abort: (code: 'provider.cancelled' | 'provider.timeout') => void = () => undefined;

  return {
    async run({ baseUrl, refreshToken }) {
      abort('provider.cancelled');
      const listener = await listenForCallback();
      let abortThis: typeof abort = () => undefined;
      const aborted = new Promise<never>((_resolve, reject) => {
        abortThis = (code) => {
          reject(new ConsoleFailure(code));
        };
      });
      // An abort before this is awaited below must not become an unhandled rejection.
      aborted.catch(() => undefined);
      abort = abortThis;
      const cancelTimeout = setTimer(timeoutMs, () => {
        abortThis('provider.timeout');
      });
      const verifier = randomBytes(32).toString('base64url');
      try {
        const started = await api.call(baseUrl, startProviderSignIn, {
          body: {
            redirectUri: listener.redirectUri,
            codeChallenge: createHash('sha256').update(verifier).digest('base64url'),
            again: refreshToken !== undefined,
          },
        });
        listener.expectState(started.state);
        assertWebAddress(started.url);
        await openExternal(started.url);
        return await api.call(baseUrl, finishProviderSignIn, {
          body: {
            ticket: started.ticket,
            query: await Promise.race([listener.query, aborted]),
            verifier,
            client,
            ...(refreshToken !== undefined && { refreshToken }),
          },
        });
      } finally {
        cancelTimeout();
        if (abort === abortThis) abort = () => undefined;
        listener.close();
      }
    },
    cancel: () => {
      abort('provider.cancelled');
    },
  };
}
