import { readFile } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import {
  fillFirstScreen,
  firstScreenOf,
  firstScreensFile,
  screenPlaceholders,
  type FirstScreen,
  type FirstScreens,
} from '../../../shared/bridge/first-screen.ts';
import type { ConsoleState } from '../../../shared/bridge/state.ts';
import {
  encodeStartState,
  noncePlaceholder,
  schemePlaceholder,
  startStatePlaceholder,
} from '../../../shared/bridge/start-state.ts';
import { securityHeaders } from './security-headers.ts';

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
  /** Whether the page starts in dark colours. */
  readonly isDark: () => boolean;
}

const noScreen: FirstScreen = { html: '', styles: '' };

/** An answer to a request of the page. */
export interface PageFile {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * SECURITY: docs/security.md, 18. Serves the page's own files: a closed list of types, from one folder, each with all security
 * headers. The start page gets a new style nonce, the predicted state and its rendered screen at each load.
 */
export function createPageFiles({ root, host, newNonce, initialState, isDark }: Collaborators) {
  const firstScreen = async (state: ConsoleState | null): Promise<FirstScreen> => {
    const name = state === null ? null : firstScreenOf(state);
    if (state === null || name === null) return noScreen;
    const file = JSON.parse(await readFile(join(root, firstScreensFile), 'utf8')) as FirstScreens;
    const screen = file.screens[name];
    if (screen === undefined) return noScreen;
    return {
      html: fillFirstScreen(screen.html, state),
      // The styles are in the page itself, so that no other file delays the first frame. The font is requested before they are read: Chromium waits a
      // moment for it, instead of laying out all texts with another font first.
      styles: `<link rel="preload" as="font" type="font/woff2" crossorigin href="${file.font}"><style nonce="${noncePlaceholder}">${file.styles}</style>${screen.styles}`,
    };
  };
  const fillIn = async (html: string, nonce: string): Promise<string> => {
    const state = initialState();
    const screen = await firstScreen(state);
    return html
      .replace(screenPlaceholders.styles, () => screen.styles)
      .replace(schemePlaceholder, isDark() ? 'dark' : 'light')
      .replace(startStatePlaceholder, encodeStartState(state))
      .replace(screenPlaceholders.html, () => screen.html)
      .replaceAll(noncePlaceholder, nonce);
  };
  return async (request: Pick<Request, 'method' | 'url'>): Promise<PageFile> => {
    const nonce = newNonce();
    const answer = (status: number, body: string | Buffer, type = 'text/plain; charset=utf-8'): PageFile => ({
      status,
      headers: { ...securityHeaders(nonce), 'Content-Type': type },
      body: Buffer.from(body),
    });

    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, '');
    const path = pathWithin(root, host, request.url);
    const type = path === null ? undefined : types[extname(path)];
    if (path === null || type === undefined) return answer(404, 'Not found');
    try {
      const file = await readFile(path);
      const isPage = extname(path) === '.html';
      const content = isPage ? await fillIn(file.toString('utf8'), nonce) : file;
      return answer(200, request.method === 'HEAD' ? '' : content, type);
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
