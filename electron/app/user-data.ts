import { app } from 'electron';

/**
 * Sets the folder of the console's files and returns it. Must run first, because the single-instance lock is kept there, too.
 * `RESET_DESK_USER_DATA` gives each test a folder of its own.
 */
export function setUpUserData(): string {
  const folder = process.env['RESET_DESK_USER_DATA'];
  if (folder !== undefined && folder !== '') {
    app.setPath('userData', folder);
    app.setPath('sessionData', folder);
  }
  return app.getPath('userData');
}
