import { existsSync } from 'node:fs';

const places = [
  // Chromium without windows: the same pages for a quarter of the processor time.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The computer's browser: Debian's Chromium, or the one that RESET_DESK_CHROMIUM names. */
export function browserAt(): string {
  const named = process.env['RESET_DESK_CHROMIUM'];
  const found = [named, ...places].find((path) => path !== undefined && existsSync(path));
  if (found === undefined)
    throw new Error('Install chromium-headless-shell, or name a browser by RESET_DESK_CHROMIUM.');
  return found;
}
