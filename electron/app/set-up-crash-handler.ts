import { app, dialog } from 'electron';
import type { Log } from '../log/log.ts';

/** What nobody caught is logged under a reference; after an exception the console cannot be trusted and ends. */
export function setUpCrashHandler(log: Log): void {
  process.on('uncaughtException', (thrown) => {
    const reference = log.unexpected('nobody caught this', thrown);
    if (app.isReady())
      dialog.showErrorBox(
        'Reset Desk has to close',
        `Something unexpected happened. Reference: ${reference}`,
      );
    app.exit(1);
  });
  process.on('unhandledRejection', (thrown) => {
    log.unexpected('nobody waited for this', thrown);
  });
}
