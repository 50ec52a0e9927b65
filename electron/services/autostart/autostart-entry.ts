import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The argument of a start by the system: the window stays out of the way. */
export const backgroundSwitch = '--background';

/** Quotes an argument as the Desktop Entry Specification asks for: its own escapes, then those of a string value. */
const quoted = (argument: string): string =>
  `"${argument
    .replaceAll(/["`$\\]/g, String.raw`\$&`)
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%')}"`;

/** The entry that starts the console with a Linux desktop session. */
export const autostartEntry = (command: readonly string[]): string =>
  [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Reset Desk',
    `Exec=${[...command, backgroundSwitch].map(quoted).join(' ')}`,
    'Icon=reset-desk',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');

const fileIn = (configFolder: string): string => join(configFolder, 'autostart', 'reset-desk.desktop');

const readIfThere = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};

/** Writes or removes the entry below a user's configuration folder. An entry that is right already is left alone. Throws if the folder cannot be written. */
export function setAutostartEntry(configFolder: string, command: readonly string[], isOn: boolean): void {
  const path = fileIn(configFolder);
  if (!isOn) return rmSync(path, { force: true });
  const entry = autostartEntry(command);
  if (readIfThere(path) === entry) return;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, entry, { mode: 0o644 });
}
