import { Menu, nativeImage, Tray } from 'electron';
import { trayIcon } from './tray-icon.ts';

interface TrayActions {
  readonly open: () => void;
  readonly lock: () => void;
  readonly quit: () => void;
}

const texts = { name: 'Reset Desk', open: 'Open Reset Desk', lock: 'Lock', quit: 'Quit' } as const;

/** The console's icon beside the system's clock, and its removal. */
export function createTray({ open, lock, quit }: TrayActions): {
  readonly setShown: (isShown: boolean) => void;
} {
  let tray: Tray | null = null;
  const show = () => {
    const shown = new Tray(nativeImage.createFromDataURL(trayIcon));
    shown.setToolTip(texts.name);
    shown.setContextMenu(
      Menu.buildFromTemplate([
        { label: texts.open, click: open },
        { label: texts.lock, click: lock },
        { type: 'separator' },
        { label: texts.quit, click: quit },
      ]),
    );
    shown.on('click', open);
    return shown;
  };
  return {
    setShown: (isShown) => {
      if (isShown) tray ??= show();
      else {
        tray?.destroy();
        tray = null;
      }
    },
  };
}
