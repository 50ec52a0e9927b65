import { app } from 'electron';
import { isPage } from '../content/page-address.ts';
import type { Log } from '../../log/log.ts';

/**
 * SECURITY: docs/security.md, 12 to 14. All web contents stay on the page, open no window and attach no web view. The refused address
 * is not logged, because it may contain a secret.
 */
export function setUpNavigationGuards(log: Log): void {
  app.on('web-contents-created', (_event, contents) => {
    const guard = (event: Electron.Event & { readonly url: string; readonly isMainFrame: boolean }) => {
      if (event.isMainFrame && isPage(event.url)) return;
      event.preventDefault();
      log.warn('navigation refused', { mainFrame: event.isMainFrame });
    };
    // SECURITY: docs/security.md, 17. WebRTC is neither part of `connect-src` nor seen by the request filter.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
    contents.on('will-frame-navigate', guard);
    contents.on('will-redirect', guard);
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
      log.warn('web view refused');
    });
    contents.setWindowOpenHandler(() => {
      log.warn('window refused');
      return { action: 'deny' };
    });
  });
}
