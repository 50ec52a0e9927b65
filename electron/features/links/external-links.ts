import { shell } from 'electron';
import { isLoopback } from '../../services/reset-api/server-address.ts';
import type { ServerSelection } from '../server/server-selection.ts';

/**
 * SECURITY: docs/security.md, 15. The users' sign-in page, the only address outside the console that it opens; null if there is none. The public address that the server reports is used
 * only if it is a plain web address, encrypted unless it is this computer's.
 */
function loginPageOf(publicUrl: string | null): string | null {
  if (publicUrl === null) return null;
  let url: URL;
  try {
    url = new URL(publicUrl);
  } catch {
    return null;
  }
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  if (!safe || url.username !== '' || url.password !== '') return null;
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}/login`;
}

/** Opens the users' sign-in page in the default browser. */
export const createOpenLoginPage = (server: Pick<ServerSelection, 'about'>) => async (): Promise<void> => {
  const address = loginPageOf(server.about()?.publicUrl ?? null);
  if (address !== null) await shell.openExternal(address);
};
