import { app } from 'electron';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../../log/log.ts';
import { backgroundSwitch, setAutostartEntry } from './autostart-entry.ts';

/** What starts this console: an AppImage's file, since its program is mounted elsewhere each time. */
const command = (): readonly string[] => {
  const program = process.env['APPIMAGE'] ?? process.execPath;
  return app.isPackaged ? [program] : [program, app.getAppPath()];
};

/** Turns the start of the console at the user's sign-in to the system on or off. A failure is logged. */
export function setAutostart(isOn: boolean, log: Log): void {
  try {
    if (process.platform === 'linux') {
      const { XDG_CONFIG_HOME: folder = '' } = process.env;
      setAutostartEntry(folder === '' ? join(homedir(), '.config') : folder, command(), isOn);
    } else {
      const [path = process.execPath, ...args] = command();
      app.setLoginItemSettings({ openAtLogin: isOn, path, args: [...args, backgroundSwitch] });
    }
  } catch (thrown) {
    log.unexpected('autostart could not be changed', thrown);
  }
}
