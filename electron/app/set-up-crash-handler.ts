import { app, dialog } from 'electron';
import type { Log } from '../log/log.ts';

/** Logs uncaught exceptions and rejections under a reference. After an exception the process is in an unknown state, so it ends. */
export function setUpCrashHandler(log: Log): void {
  process.on('uncaughtException', (thrown) => {
    const reference = log.unexpected('uncaught exception', thrown);
    if (app.isReady())
      dialog.showErrorBox('Reset Desk has to close', `An unexpected error occurred. Reference: ${reference}`);
    app.exit(1);
  });
  process.on('unhandledRejection', (thrown) => {
    log.unexpected('unhandled rejection', thrown);
  });
}
