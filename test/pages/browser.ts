import { existsSync } from 'node:fs';

/** The browser of the machine: Debian's Chromium, or what RESET_DESK_CHROMIUM names. */
export function browserAt(): string {
  const named = process.env['RESET_DESK_CHROMIUM'];
  const found = [named, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
    (path) => path !== undefined && existsSync(path),
  );
  if (found === undefined) throw new Error('Install chromium, or name a browser by RESET_DESK_CHROMIUM.');
  return found;
}
