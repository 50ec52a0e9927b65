import { BrowserWindow, nativeTheme, screen, type Session, type WebContents } from 'electron';
import { pageAddress } from '../content/page-address.ts';
import type { Log } from '../../log/log.ts';
import type { SettingsFile } from '../../services/settings-file/settings-file.ts';
import { placeWindow, minimumSize } from './window-bounds.ts';

/** The page's ground, so that nothing flashes before its first paint (LOOK.md). */
export const backgroundColour = (dark: boolean): string => (dark ? '#141517' : '#f8f9fa');

interface Collaborators {
  readonly session: Session;
  readonly preload: string;
  readonly settings: SettingsFile;
  readonly log: Log;
  readonly developing: boolean;
  /** Shown without taking the focus, for tests on somebody's desktop. */
  readonly quiet: boolean;
  /** The window's secrets must be hidden. */
  readonly onConceal: (why: 'blur' | 'hidden') => void;
}

export interface ConsoleWindow {
  readonly current: () => BrowserWindow | null;
  /** Resolves when the page is there, or will not be. */
  readonly open: () => Promise<void>;
  /** Brings the window to the front, or opens it again. */
  readonly raise: () => void;
}

/** The console's one window. */
export function setUpWindow(collaborators: Collaborators): ConsoleWindow {
  let window: BrowserWindow | null = null;
  const open = () => {
    const opened = openWindow(collaborators);
    window = opened;
    opened.on('closed', () => {
      window = null;
    });
    return loadSettled(opened.webContents);
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

const loadSettled = (contents: WebContents) =>
  new Promise<void>((resolve) => {
    for (const event of ['dom-ready', 'did-fail-load', 'render-process-gone', 'destroyed'] as const) {
      contents.once(event as 'destroyed', resolve);
    }
  });

function openWindow(collaborators: Collaborators): BrowserWindow {
  const { session, preload, settings, log, developing, quiet, onConceal } = collaborators;
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  const { maximised, ...bounds } = placeWindow(
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
      // SECURITY: docs/security.md, 2 to 4 and 8 to 11. Most are Electron's defaults; said here so that none is left to them.
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
      devTools: developing,
    },
  });
  // Keeps passwords and contact data out of screenshots and shared screens; Linux has no such thing.
  if (process.platform !== 'linux') window.setContentProtection(true);
  window.once('ready-to-show', () => {
    if (maximised) window.maximize();
    if (quiet) window.showInactive();
    else window.show();
  });
  const keepPlace = () => {
    if (window.isMinimized() || window.isFullScreen()) return;
    const place = { ...window.getNormalBounds(), maximised: window.isMaximized() };
    settings.update((before) => ({ ...before, window: place }));
  };
  window.on('resized', keepPlace);
  window.on('moved', keepPlace);
  window.on('close', keepPlace);
  window.on('blur', () => {
    onConceal('blur');
  });
  for (const event of ['hide', 'minimize'] as const) {
    window.on(event as 'hide', () => {
      onConceal('hidden');
    });
  }
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log.warn('page process ended', { reason, exitCode });
    if (reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload();
  });
  window.webContents.on('preload-error', (_event, _path, error) => {
    log.unexpected('preload failed', error);
  });
  window.loadURL(pageAddress).catch((thrown: unknown) => {
    log.unexpected('page could not be loaded', thrown);
  });
  return window;
}
