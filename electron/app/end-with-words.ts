import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app, dialog } from 'electron';

/**
 * Ends a console that cannot start: says why on standard error and in a dialog, then exits with code 1. Electron shows a dialog only once it
 * is ready, and needs a folder to become so.
 */
export async function endWithWords(title: string, detail: string): Promise<void> {
  process.stderr.write(`${title} ${detail}\n`);
  // No one closes the dialog in a test.
  if (process.env['RESET_DESK_HEADLESS'] !== '1') {
    if (!app.isReady()) {
      const spare = mkdtempSync(join(tmpdir(), 'reset-desk-'));
      app.setPath('userData', spare);
      app.setPath('sessionData', spare);
      await app.whenReady();
    }
    dialog.showErrorBox(title, detail);
  }
  app.exit(1);
}
