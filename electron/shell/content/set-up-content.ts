import { randomBytes } from 'node:crypto';
import { protocol, type Session } from 'electron';
import type { ConsoleState } from '../../../shared/bridge/state.ts';
import { createPageFiles } from './page-files.ts';
import { pageHost, pageOrigin, pageScheme } from './page-address.ts';

/** Must run before Electron is ready: makes `app:` a scheme with an origin, in a secure context. */
export function declarePageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
}

/** Serves the page within one session, and lets that session reach nothing else. */
export function setUpContent(session: Session, folder: string, start: () => ConsoleState | null): void {
  session.protocol.handle(
    pageScheme,
    createPageFiles({
      root: folder,
      host: pageHost,
      start,
      newNonce: () => randomBytes(18).toString('base64'),
    }),
  );
  // SECURITY: the second net under `connect-src 'none'`; the page's process has no business on the network.
  session.webRequest.onBeforeRequest((details, answer) => {
    const own = details.url.startsWith(`${pageOrigin}/`) || /^(?:data|blob|devtools):/.test(details.url);
    answer({ cancel: !own });
  });
}
