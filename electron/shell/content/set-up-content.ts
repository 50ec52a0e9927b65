import { randomBytes } from 'node:crypto';
import { nativeTheme, protocol, type Session } from 'electron';
import type { ConsoleState } from '../../../shared/bridge/state.ts';
import { createPageFiles } from './page-files.ts';
import { pageHost, pageOrigin, pageScheme } from './page-address.ts';

/** Makes `app:` a scheme with an origin, in a secure context. Must run before Electron is ready. */
export function declarePageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
}

/** Serves the page's files to one session, and blocks every other address for it. Calls `onServed` after each file. */
export function setUpContent(
  session: Session,
  folder: string,
  initialState: () => ConsoleState | null,
  onServed: () => void,
): void {
  const serve = createPageFiles({
    root: folder,
    host: pageHost,
    initialState,
    isDark: () => nativeTheme.shouldUseDarkColors,
    newNonce: () => randomBytes(18).toString('base64'),
  });
  // Not `handle`, whose requests, answers and streams Node loads with its HTTP client, before the first file is served.
  session.protocol.registerBufferProtocol(pageScheme, (request, answer) => {
    void serve(request).then(({ status, headers, body }) => {
      answer({ statusCode: status, headers: { ...headers }, data: body });
      onServed();
    });
  });
  // SECURITY: second line of defence behind `connect-src 'none'`: the page never uses the network.
  session.webRequest.onBeforeRequest((details, answer) => {
    const isAllowed =
      details.url.startsWith(`${pageOrigin}/`) || /^(?:data|blob|devtools):/.test(details.url);
    answer({ cancel: !isAllowed });
  });
}
