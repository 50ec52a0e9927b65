import { BrowserWindow, nativeTheme, screen, type Session } from 'electron';
import { pageAddress } from '../content/page-address.ts';
import type { Log } from '../../log/log.ts';
import type { SettingsFile } from '../../services/settings-file/settings-file.ts';
import { recoverPage } from './page-recovery.ts';
import { initialBounds, minimumSize } from './window-bounds.ts';

/** The page's background, so that the window does not flash before its first paint. */
export const backgroundColour = (dark: boolean): string => (dark ? '#141517' : '#f8f9fa');

interface Collaborators {
  readonly session: Session;
  readonly preload: string;
  readonly settings: SettingsFile;
  readonly log: Log;
  readonly isDevelopment: boolean;
  /** Shows the window without taking the focus, so that tests do not disturb the desktop that they run on. */
  readonly opensInactive: boolean;
  /** The system started the console, which must stay out of the way. */
  readonly opensInBackground: boolean;
  /** Whether the window is hidden instead of closed, because the console stays in the tray. */
  readonly hidesOnClose: () => boolean;
  /** Called when secrets on the page must be hidden. */
  readonly onConceal: (why: 'blur' | 'hidden') => void;
  /** Called when the page had to be loaded again. */
  readonly onPageFailed: () => void;
  readonly quit: () => void;
  readonly now: () => number;
}

export interface ConsoleWindow {
  readonly current: () => BrowserWindow | null;
  /** Resolves when the page was painted, or failed. */
  readonly open: () => Promise<void>;
  /** Brings the window to the front, or opens it again. */
  readonly raise: () => void;
}

/** The console's one window. */
export function setUpWindow(collaborators: Collaborators): ConsoleWindow {
  let window: BrowserWindow | null = null;
  // Only the first window of a start opens without a request of the operator.
  let { opensInBackground } = collaborators;
  const open = () => {
    const opened = openWindow({ ...collaborators, opensInBackground });
    opensInBackground = false;
    window = opened;
    opened.on('closed', () => {
      window = null;
    });
    return paintSettled(opened);
  };
  return {
    current: () => window,
    open,
    raise: () => {
      if (window === null) return void open();
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
  };
}

const paintSettled = (window: BrowserWindow) =>
  new Promise<void>((resolve) => {
    window.once('ready-to-show', resolve);
    for (const event of ['did-fail-load', 'render-process-gone', 'destroyed'] as const) {
      window.webContents.once(event as 'destroyed', resolve);
    }
  });

function openWindow(collaborators: Collaborators): BrowserWindow {
  const {
    session,
    preload,
    settings,
    log,
    isDevelopment,
    opensInactive,
    opensInBackground,
    hidesOnClose,
    onConceal,
    onPageFailed,
    quit,
    now,
  } = collaborators;
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  const { maximised, ...bounds } = initialBounds(
    settings.read().window,
    [primary, ...others].map(({ workArea }) => workArea),
  );
  const window = new BrowserWindow({
    ...bounds,
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    title: 'Reset Desk',
    show: false,
    backgroundColor: backgroundColour(nativeTheme.shouldUseDarkColors),
    webPreferences: {
      // SECURITY: docs/security.md, 2 to 4 and 8 to 11. Most are Electron's defaults, set here so that a changed default has no effect.
      preload,
      session,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      devTools: isDevelopment,
    },
  });
  // Keeps passwords and contact data out of screenshots and shared screens. Not available on Linux.
  if (process.platform !== 'linux') window.setContentProtection(true);
  // At once, in the page's background: a window that waits for its page is put on the display only after the page is drawn, which takes as long again.
  if (!opensInBackground) {
    if (maximised) window.maximize();
    if (opensInactive) window.showInactive();
    else window.show();
  } else if (!hidesOnClose()) window.once('ready-to-show', () => window.minimize());
  const saveBounds = () => {
    if (window.isMinimized() || window.isFullScreen()) return;
    const current = { ...window.getNormalBounds(), maximised: window.isMaximized() };
    settings.update((before) => ({ ...before, window: current }));
  };
  window.on('resized', saveBounds);
  window.on('moved', saveBounds);
  window.on('close', (event) => {
    saveBounds();
    if (!hidesOnClose()) return;
    event.preventDefault();
    window.hide();
  });
  window.on('blur', () => {
    onConceal('blur');
  });
  for (const event of ['hide', 'minimize'] as const) {
    window.on(event as 'hide', () => {
      onConceal('hidden');
    });
  }
  recoverPage(window, { log, now, onRecovered: onPageFailed, quit });
  window.webContents.on('preload-error', (_event, _path, error) => {
    log.unexpected('preload failed', error);
  });
  window.loadURL(pageAddress).catch((thrown: unknown) => {
    log.unexpected('page could not be loaded', thrown);
  });
  return window;
}
