import { shell } from 'electron';
import { isLoopback } from '../../services/reset-api/server-address.ts';
import type { ServerSelection } from '../server/server-selection.ts';

/** The only targets outside the console that it opens. The page passes a name, never an address. */
export type ExternalTarget = 'login-page' | 'documentation';

const documentation = 'https://reset-desk.example.com/docs';

/**
 * SECURITY: docs/security.md, 15. The address of a target; null if it has none. The public address that the server reports is used
 * only if it is a plain web address, encrypted unless it is this computer's.
 */
function addressOfTarget(target: ExternalTarget, publicUrl: string | null): string | null {
  if (target === 'documentation') return documentation;
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

/** Opens a target in the system's browser. */
export const createOpenExternal =
  (server: Pick<ServerSelection, 'about'>) =>
  async (target: ExternalTarget): Promise<void> => {
    const address = addressOfTarget(target, server.about()?.publicUrl ?? null);
    if (address !== null) await shell.openExternal(address);
  };
