import { dialog, type BrowserWindow } from 'electron';
import { createRecoveryLimit } from '../../limits/recovery-limit.ts';
import type { Log } from '../../log/log.ts';
import { isPage, pageAddress } from '../content/page-address.ts';

interface Collaborators {
  readonly log: Log;
  readonly now: () => number;
  /** The page's process failed and the page is loaded again. */
  readonly onRecovered: () => void;
  readonly quit: () => void;
}

/** After this many failures within the period, the page is loaded again only if the operator asks for it. */
const limit = { max: 3, withinMs: 60_000 } as const;

/** Loads the page again when its process has failed, or when a script has navigated it away. Asks first if that happens too often. */
export function recoverPage(window: BrowserWindow, { log, now, onRecovered, quit }: Collaborators): void {
  const { webContents } = window;
  const { mayRecover, reset } = createRecoveryLimit({ ...limit, now });
  let isAsking = false;

  const load = () => {
    if (window.isDestroyed()) return;
    window.loadURL(pageAddress).catch((thrown: unknown) => {
      log.unexpected('page could not be loaded', thrown);
    });
  };
  const ask = async () => {
    if (isAsking) return;
    isAsking = true;
    log.warn('page failed too often and is not loaded again');
    const { response } = await dialog.showMessageBox(window, {
      type: 'error',
      title: 'Reset Desk',
      message: 'The window of Reset Desk keeps failing.',
      detail:
        'It failed several times within a minute, so it is not reloaded automatically. The server keeps your cases. Try again, or quit and restart Reset Desk. If it happens again, send the log to your administrator.',
      buttons: ['Try again', 'Quit'],
      defaultId: 0,
      cancelId: 1,
    });
    isAsking = false;
    if (response === 1) return quit();
    reset();
    load();
  };
  const recover = () => {
    if (window.isDestroyed()) return;
    if (!mayRecover()) return void ask();
    onRecovered();
    load();
  };
  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log.warn('page process exited', { reason, exitCode });
    if (reason !== 'clean-exit') recover();
  });
  // Chromium does not announce a navigation to about:blank, so that no guard can refuse it.
  const bringBack = (url: string) => {
    if (isPage(url)) return;
    log.warn('page was navigated away');
    recover();
  };
  webContents.on('did-navigate', (_event, url) => {
    bringBack(url);
  });
  webContents.on('did-navigate-in-page', (_event, url, isMainFrame) => {
    if (isMainFrame) bringBack(url);
  });
}
