import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

/**
 * Runs the backend's bundle in this process, as `node out/backend/main.js` would, and ends with what it ends with. The entry waits for it, and Electron
 * waits for the entry: no window system is asked for, no page and no process of Chromium is started.
 */
export async function runBackend(outFolder: string, args: readonly string[]): Promise<never> {
  // Only where an Electron to come goes on before the entry is done.
  app.disableHardwareAcceleration();
  app.dock?.hide();
  const file = join(outFolder, 'backend', 'main.js');
  process.argv = [process.execPath, file, ...args];
  await import(pathToFileURL(file).href);
  // Electron does not look at `exitCode` by itself.
  process.exit(process.exitCode ?? 0);
}
