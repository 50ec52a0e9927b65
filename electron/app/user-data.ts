import { app } from 'electron';

/**
 * Settles where the console keeps its files; before anything else, since the single-instance lock lies there too.
 * `RESET_DESK_USER_DATA` lets each test have a folder of its own.
 */
export function setUpUserData(): string {
  const chosen = process.env['RESET_DESK_USER_DATA'];
  if (chosen !== undefined && chosen !== '') {
    app.setPath('userData', chosen);
    app.setPath('sessionData', chosen);
  }
  return app.getPath('userData');
}
