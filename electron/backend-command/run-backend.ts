import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

/**
 * Runs the backend's bundle in this process, as `node out/backend/main.js` would, and exits with its exit code. Electron waits for this
 * module before it is ready, so no display is needed and no process of Chromium is started.
 */
export async function runBackend(outFolder: string, args: readonly string[]): Promise<never> {
  // In case a future Electron becomes ready before this module has been evaluated.
  app.disableHardwareAcceleration();
  app.dock?.hide();
  const file = join(outFolder, 'backend', 'main.js');
  process.argv = [process.execPath, file, ...args];
  await import(pathToFileURL(file).href);
  // Electron ignores `process.exitCode`.
  process.exit(process.exitCode ?? 0);
}
