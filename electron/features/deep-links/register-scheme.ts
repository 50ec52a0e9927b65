import { app } from 'electron';
import { linkScheme } from '../../../shared/bridge/deep-link.ts';

/**
 * Makes the console open links of its scheme on Windows, where a package that is installed for one user does not register it; other packages do so
 * themselves. Where links are switched off, removes this user's registration.
 */
export function registerScheme(isAllowed: boolean): void {
  if (process.platform !== 'win32' || !app.isPackaged) return;
  if (!isAllowed) app.removeAsDefaultProtocolClient(linkScheme);
  else if (!app.isDefaultProtocolClient(linkScheme)) app.setAsDefaultProtocolClient(linkScheme);
}
