import { readFile } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import type { ConsoleState } from '../../../shared/bridge/state.ts';
import { encodeStartState, startStatePlaceholder } from '../../../shared/bridge/start-state.ts';
import { noncePlaceholder, securityHeaders } from './security-headers.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

interface Collaborators {
  /** The folder whose files may be served, and nothing outside it. */
  readonly root: string;
  readonly host: string;
  readonly newNonce: () => string;
  /** The state that the page draws before it has asked; null if it cannot be predicted. */
  readonly initialState: () => ConsoleState | null;
}

/**
 * SECURITY: docs/security.md, 18. Serves the page's own files: a closed list of types, from one folder, each with all security
 * headers. The start page gets a new style nonce and the predicted state at each load.
 */
export function createPageFiles({ root, host, newNonce, initialState }: Collaborators) {
  const fillIn = (html: string, nonce: string): string =>
    html.replaceAll(noncePlaceholder, nonce).replace(startStatePlaceholder, encodeStartState(initialState()));
  return async (request: Pick<Request, 'method' | 'url'>): Promise<Response> => {
    const nonce = newNonce();
    const answer = (status: number, body: BodyInit | null, type = 'text/plain; charset=utf-8') =>
      new Response(body, { status, headers: { ...securityHeaders(nonce), 'Content-Type': type } });

    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, null);
    const path = pathWithin(root, host, request.url);
    const type = path === null ? undefined : types[extname(path)];
    if (path === null || type === undefined) return answer(404, 'Not found');
    try {
      const file = await readFile(path);
      const isPage = extname(path) === '.html';
      const content = isPage ? fillIn(file.toString('utf8'), nonce) : new Uint8Array(file);
      return answer(200, request.method === 'HEAD' ? null : content, type);
    } catch {
      return answer(404, 'Not found');
    }
  };
}

/** The path of the file at an address; null if it is outside the folder. */
function pathWithin(root: string, host: string, address: string): string | null {
  let url: URL;
  let name: string;
  try {
    url = new URL(address);
    name = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  // No file of the build has an encoded separator, a drive or NUL in its name.
  if (url.host !== host || /[\\:\0]|%/.test(name) || /%2f/i.test(url.pathname)) return null;
  const path = resolve(root, `.${name === '/' ? '/index.html' : name}`);
  return path.startsWith(root + sep) ? path : null;
}
