import { readFile } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import type { ConsoleState } from '../../../shared/bridge/state.ts';
import { startContent, startPlace } from '../../../shared/bridge/start-page.ts';
import { noncePlace, securityHeaders } from './security-headers.ts';

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
  /** What the page may draw before it has asked; null for nothing. */
  readonly start: () => ConsoleState | null;
}

/**
 * SECURITY: docs/security.md, 18. Serves the page's own files: a closed list of types, from one folder, each with every security
 * header. The start page gets a fresh style nonce at each load, and what may be drawn of it at once.
 */
export function createPageFiles({ root, host, newNonce, start }: Collaborators) {
  const pageOf = (written: string, nonce: string): string =>
    written.replaceAll(noncePlace, nonce).replace(startPlace, startContent(start()));
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
      const content = isPage ? pageOf(file.toString('utf8'), nonce) : new Uint8Array(file);
      return answer(200, request.method === 'HEAD' ? null : content, type);
    } catch {
      return answer(404, 'Not found');
    }
  };
}

/** The file that an address means, or null for one outside the folder. */
function pathWithin(root: string, host: string, address: string): string | null {
  let url: URL;
  let name: string;
  try {
    url = new URL(address);
    name = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  // A decoded separator, drive or NUL is never in a name that our build makes.
  if (url.host !== host || /[\\:\0]|%/.test(name) || /%2f/i.test(url.pathname)) return null;
  const path = resolve(root, `.${name === '/' ? '/index.html' : name}`);
  return path.startsWith(root + sep) ? path : null;
}
