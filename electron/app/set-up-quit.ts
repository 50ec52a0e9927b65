import { app } from 'electron';

interface QuitSteps {
  /** Somebody started the console once more, or clicked it in the dock. */
  readonly raise: () => void;
  /** At once: what may not be seen or heard any more. */
  readonly stop: () => void;
  /** What has to be finished before the console ends; what fails in it does not hold it up. */
  readonly finish: () => readonly Promise<unknown>[];
  readonly close: () => void;
}

/** One console, which ends after its work is done. */
export function setUpQuit({ raise, stop, finish, close }: QuitSteps): void {
  app.on('second-instance', raise);
  app.on('activate', raise);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  let leaving = false;
  app.on('before-quit', (event) => {
    if (leaving) return;
    event.preventDefault();
    leaving = true;
    stop();
    void Promise.allSettled(finish()).then(() => {
      close();
      app.quit();
    });
  });
}
