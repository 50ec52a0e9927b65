import { app } from 'electron';

interface QuitSteps {
  /** Brings the window to the front: the console was started again, or clicked in the dock. */
  readonly raise: () => void;
  /** Runs at once: hides and stops everything that needs no waiting. */
  readonly stop: () => void;
  /** Work that must finish before the process ends. A failure does not delay the end. */
  readonly finish: () => readonly Promise<unknown>[];
  /** Runs last. */
  readonly close: () => void;
  /** Whether a thread waits for another program, without which the process cannot end by itself. */
  readonly isHeld: () => boolean;
}

/** Raises the window of a running console instead of starting a second one, and delays quitting until its work is finished. */
export function setUpQuit({ raise, stop, finish, close, isHeld }: QuitSteps): void {
  app.on('second-instance', raise);
  app.on('activate', raise);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  // A process that goes on without its window would take the place of the next start.
  app.on('quit', () => {
    if (isHeld()) process.kill(process.pid, 'SIGKILL');
  });
  let isQuitting = false;
  app.on('before-quit', (event) => {
    if (isQuitting) return;
    event.preventDefault();
    isQuitting = true;
    stop();
    void Promise.allSettled(finish()).then(() => {
      close();
      app.quit();
    });
  });
}
